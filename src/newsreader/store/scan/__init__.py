"""Bring files into the index: find what changed, read it, follow the folders."""
