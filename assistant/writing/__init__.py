"""The reply: its words, its citations, its form on the wire."""
