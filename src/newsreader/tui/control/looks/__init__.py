"""What the user has made of the looks of the reader, and what is remembered of it."""
