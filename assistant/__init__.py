"""Answer one question: retrieve, select, decide, cite; receipts, settings and wiring."""
