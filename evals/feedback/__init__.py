"""What staff asked and said of the answers, for HR: names removed, clustered, counted."""
