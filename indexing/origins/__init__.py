"""Where documents come from besides the corpus folder, each kept as a copy that can be indexed."""
