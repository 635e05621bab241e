"""The documents: which are in force, for whom, and what tells them apart."""
