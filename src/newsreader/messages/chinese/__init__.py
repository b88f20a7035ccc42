"""Simplified Chinese: short, as programs of a terminal speak, with full-width punctuation."""

from newsreader.messages.chinese.phrases import PHRASES
from newsreader.messages.chinese.problems import PROBLEMS

__all__ = ["PHRASES", "PROBLEMS"]
