"""What the documents say: reading, parsing, splitting. Pure: no index, no model, no network."""
