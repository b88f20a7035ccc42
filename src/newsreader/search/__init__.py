"""Parse queries, and make texts comparable with them. Pure: no input or output."""
