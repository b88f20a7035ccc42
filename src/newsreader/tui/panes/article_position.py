"""How far an article is read, in few words."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from newsreader.messages import phrase
from newsreader.text import EMPTY, Clean, fill

if TYPE_CHECKING:
    from newsreader.article.render.placed import Layout


def describe_position(laid_out: Layout, top: int, height: int, minutes: int) -> Clean:
    """Say how far an article is read, and how long the rest takes.

    At the beginning that is how long all of it takes, at the end that it is the end.

    Args:
        laid_out: The article.
        top: The first line on the pane, from 0.
        height: How many lines fit on it.
        minutes: How long reading the whole takes; 0: that is not known yet.
    """
    lines = len(laid_out.lines)
    if not lines or not height:
        return EMPTY
    if lines <= height:
        return phrase("all")
    if top >= lines - height:
        return phrase("end")
    whole = laid_out.offsets[-1]
    left = ceil(minutes * (whole - laid_out.offsets[top]) / whole) if whole else minutes
    time = phrase("{} min", max(1, left)) if minutes else EMPTY
    if top == 0:
        return time
    percent = fill("{}%", max(1, top * 100 // (lines - height)))
    return phrase("{} · {} left", percent, time) if time else percent


def article_title(alert: Clean) -> Clean:
    """Write what stands above an article: its pane's name, and what is to be known of its file."""
    return phrase("Article · {}", alert) if alert else phrase("Article")
