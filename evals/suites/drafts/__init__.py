"""Drafts of cases that documents and suites give for nothing; a person reviews each first."""

from evals.suites.drafts.drafting import KINDS, USUAL, Drafted, draft_cases
from evals.suites.drafts.found import Kind

__all__ = ["KINDS", "USUAL", "Drafted", "Kind", "draft_cases"]
