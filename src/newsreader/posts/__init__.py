"""A post file's bytes made into values: its front matter, dates, labels, title, and its site."""
