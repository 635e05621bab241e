"""How good, how fast, with what evidence."""
