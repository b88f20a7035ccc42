"""The way from files to the index: find what changed, read it, follow the folders."""
