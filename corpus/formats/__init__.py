"""One reader for each format: ``parse(data, name)`` from a file's bytes to its raw blocks."""
