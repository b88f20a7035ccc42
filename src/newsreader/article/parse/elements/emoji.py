"""Read small images that stand for one character: emoji and the smileys of forums."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from newsreader.patterns import compile_late
from newsreader.text import EMPTY, Clean, clean_line

if TYPE_CHECKING:
    from collections.abc import Mapping

# What emoji are made of: symbols, flags, keycaps, joiners, colours of skin, tags of a flag.
_EMOJI: Final = compile_late(
    "(?:[0-9#*]\ufe0f?\u20e3|[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff"
    "\u2460-\u24ff\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff\u3030\u303d\u3297\u3299"
    "\U0001f000-\U0001faff\ufe0f\u200d\U000e0020-\U000e007f]){1,32}"
)
_CLASS_NAMES = (
    "emoji emojione twemoji joypixels wp-smiley smiley smilie smilies emoticon emote "
    "wp-emoji face biaoqing qqface wxemoji"
)
_CLASSES: Final = frozenset(_CLASS_NAMES.split())
# Weibo and WeChat name their faces so: `[微笑]`.
_FACE: Final = compile_late(r"\[[^\W\d_]{1,8}\]")
_SHORT_CODE: Final = compile_late(r":([a-z0-9_+-]{1,40}):", re.IGNORECASE)
# Twemoji, WordPress and GitHub name files by their characters: `1f468-200d-1f4bb.png`.
_FILE: Final = compile_late(
    r"/((?:[0-9a-f]{4,5}|23|2a|3[0-9])(?:-[0-9a-f]{2,5}){0,8})\.(?:png|svg|gif)(?:[?#]|\Z)",
    re.IGNORECASE,
)
_MOST_WORDS: Final = 20
_NAMES: Final = {
    "smile": "😄", "smiley": "😃", "grin": "😁", "laughing": "😆", "joy": "😂", "rofl": "🤣",
    "wink": "😉", "blush": "😊", "heart": "❤️", "heart_eyes": "😍", "kissing_heart": "😘",
    "stuck_out_tongue": "😛", "sunglasses": "😎", "smirk": "😏", "cry": "😢", "sob": "😭",
    "disappointed": "😞", "angry": "😠", "rage": "😡", "confused": "😕", "scream": "😱",
    "flushed": "😳", "sleeping": "😴", "thinking": "🤔", "+1": "👍", "thumbsup": "👍",
    "-1": "👎", "thumbsdown": "👎", "ok_hand": "👌", "clap": "👏", "pray": "🙏", "muscle": "💪",
    "wave": "👋", "fire": "🔥", "tada": "🎉", "rocket": "🚀", "star": "⭐", "star2": "🌟",
    "sparkles": "✨", "bulb": "💡", "warning": "⚠️", "bug": "🐛", "memo": "📝", "book": "📖",
    "books": "📚", "link": "🔗", "point_right": "👉", "point_left": "👈", "eyes": "👀",
    "white_check_mark": "✅", "heavy_check_mark": "✔️", "x": "❌", "question": "❓",
    "exclamation": "❗", "100": "💯", "coffee": "☕", "beer": "🍺", "poop": "💩", "ghost": "👻",
    "cat": "🐱", "dog": "🐶", "rose": "🌹", "sweat_smile": "😅", "relaxed": "☺️", "zap": "⚡",
    "octocat": "", "sweat": "😓", "broken_heart": "💔", "v": "✌️", "raised_hands": "🙌",
}  # fmt: skip


def emoji_text(attributes: Mapping[str, str | None]) -> Clean:
    """Return the character that a small image stands for; empty for any other image.

    An `alt` of nothing but emoji is one. An image of a class such as `emoji` or `wp-smiley` is the
    emoji that its short name (`:smile:`) or its file (`1f604.png`) means, else its `alt` as it is.
    """
    alt = clean_line(attributes.get("alt") or "")
    if alt and (_EMOJI.fullmatch(alt) or _FACE.fullmatch(alt)):
        return alt
    classes = (attributes.get("class") or "").lower().split()
    short = _SHORT_CODE.fullmatch(alt)
    if _CLASSES.isdisjoint(classes) and short is None:
        return EMPTY
    file = _FILE.search((attributes.get("src") or "")[:2_000])
    if file is not None and (found := _from_file(file[1])):
        return clean_line(found)
    if short is not None and (found := _from_name(short[1].lower())):
        return clean_line(found)
    return alt if len(alt) <= _MOST_WORDS else EMPTY


def _from_file(codes: str) -> str:
    numbers = [int(code, 16) for code in codes.split("-")]
    text = "".join(chr(number) for number in numbers if number < 0x110000)
    return text if _EMOJI.fullmatch(text) else ""


def _from_name(name: str) -> str:
    if name in _NAMES:
        return _NAMES[name]
    try:
        found = unicodedata.lookup(name.replace("_", " "))
    except KeyError:
        return ""
    return found if _EMOJI.fullmatch(found) else ""
