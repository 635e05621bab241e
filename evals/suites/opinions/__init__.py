"""What a language model thinks of a reply, where one is asked: advisory until people agree."""
