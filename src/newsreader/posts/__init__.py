"""A post file's bytes made into values: its front matter, dates, labels, title, and its site."""

from newsreader.posts.dates import file_date, format_date
from newsreader.posts.model import Post, Site
from newsreader.posts.parse import has_front_matter, parse_post
from newsreader.posts.site import parse_site

__all__ = [
    "Post",
    "Site",
    "file_date",
    "format_date",
    "has_front_matter",
    "parse_post",
    "parse_site",
]
