"""What a question asks for, in words that the documents may have."""
