"""Cases as people write them: entered, pointed at, proposed."""
