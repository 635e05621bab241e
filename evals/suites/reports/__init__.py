"""A run in words, as pages and as files."""
