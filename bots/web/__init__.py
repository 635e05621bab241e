"""The pages: what they show, their templates and styles."""
