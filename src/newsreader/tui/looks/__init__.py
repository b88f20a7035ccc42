"""What the reader looks like: themes, and what the terminal says of itself."""
