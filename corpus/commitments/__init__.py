"""Commitments of a document: what it says will be done, by whom, by when."""

from __future__ import annotations

from corpus.commitments.model import Commitment, Doubt, Form, Quote, Time

__all__ = ["Commitment", "Doubt", "Form", "Quote", "Time"]
