"""A post file's bytes made into values: its front matter, dates, labels, title, and its site.

The parser, with YAML, is imported when it is first asked for: a list needs a date at most.
"""

from typing import TYPE_CHECKING

from newsreader.late import late_names

if TYPE_CHECKING:
    from newsreader.posts.dates import file_date
    from newsreader.posts.model import Post, Site
    from newsreader.posts.opening import has_front_matter
    from newsreader.posts.parse_post import parse_post, read_body
    from newsreader.posts.shown import format_date
    from newsreader.posts.site import parse_site

__all__ = [
    "Post",
    "Site",
    "file_date",
    "format_date",
    "has_front_matter",
    "parse_post",
    "parse_site",
    "read_body",
]

__getattr__ = late_names(
    __name__,
    {
        "Post": "model",
        "Site": "model",
        "file_date": "dates",
        "format_date": "shown",
        "has_front_matter": "opening",
        "parse_post": "parse",
        "parse_site": "site",
        "read_body": "parse",
    },
)
