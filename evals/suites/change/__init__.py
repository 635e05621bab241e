"""Before documents change: which cases are touched, and whether a new index may be served."""
