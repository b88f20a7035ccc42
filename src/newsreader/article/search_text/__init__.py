"""The text of a post for the full-text index."""
