"""What is searched for, and how texts are made comparable with it. Pure: no input or output."""

from newsreader.search.tokens import BREAK, index_text

__all__ = ["BREAK", "index_text"]
