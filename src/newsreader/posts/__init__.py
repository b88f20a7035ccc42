"""Turn the bytes of a post file into values: front matter, dates, labels, title, and its site."""
