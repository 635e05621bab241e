"""What a question takes from those before it."""
