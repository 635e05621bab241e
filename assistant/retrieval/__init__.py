"""The passages that are nearest to a question."""
