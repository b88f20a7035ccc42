"""The export of articles for other programs, as clean HTML and as Markdown.

Both are written from the `Document`, so that nothing of a post's own markup gets through.
"""
