"""Whether what is quoted answers the question."""
