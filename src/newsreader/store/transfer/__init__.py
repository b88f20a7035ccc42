"""Bookmarks on their way: captured from their files, exported, imported."""
