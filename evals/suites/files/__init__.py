"""Suites as files: YAML, CSV and Excel, read with every problem named, written without loss."""
