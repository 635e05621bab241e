"""Which sentences, list items and rows of them are quoted."""
