"""What the command palette offers, and what of it is kept."""
