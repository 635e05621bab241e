"""Suites: questions with what a good answer says, which HR writes and owns."""
