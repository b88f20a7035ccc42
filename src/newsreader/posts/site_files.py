"""The names that files and folders of a Jekyll site have."""

from __future__ import annotations

from typing import Final

HTML_SUFFIXES: Final = (".html", ".htm")
"""The suffixes of posts that are HTML throughout, in small letters."""
POST_SUFFIXES: Final = (".md", ".markdown", ".mkd", *HTML_SUFFIXES)
"""The suffixes of post files, in small letters."""
POSTS: Final = "_posts"
"""The folder of posts, at the root of a site or below it."""
CONFIG: Final = "_config.yml"
"""The configuration, at the root of a site."""
PASSED_OVER: Final = frozenset({"vendor", "node_modules"})
"""Folders of software that is not the site's own: no post is looked for in them."""
