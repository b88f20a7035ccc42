"""Images on the terminal: decoded, and written in the way that it knows."""
