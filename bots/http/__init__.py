"""What every request and response passes, whichever door it comes by."""
