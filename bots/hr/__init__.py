"""The pages for HR: suites, runs, and what staff said and asked."""
