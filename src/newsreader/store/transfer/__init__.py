"""Capture bookmarks from their files, export them, import them."""
