"""Suites as files: YAML, CSV and Excel, read with every problem named, written without loss."""

from evals.suites.files.suite_file import parse_suite, read_suite, write_suite

__all__ = ["parse_suite", "read_suite", "write_suite"]
