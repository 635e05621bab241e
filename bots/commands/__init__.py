"""The commands of the terminal, and how each shows what it found."""
