"""An article for other programs: as clean HTML and as Markdown.

Both are written from the `Document`, so that nothing of a post's own markup gets through.
"""

from newsreader.article.export.html import to_html
from newsreader.article.export.markdown import to_markdown

__all__ = ["to_html", "to_markdown"]
