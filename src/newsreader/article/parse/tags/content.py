"""What a tag that stands for content leaves: HTML that the terminal can show a mark of."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Final, TypeAlias

from newsreader.article.parse.tags.arguments import Arguments
from newsreader.article.parse.tags.words import (
    BUTTONS,
    FOLDS,
    LABELS,
    button_link,
    fold_title,
    label_words,
)
from newsreader.patterns import compile_late

_ADDRESSES: Final = (
    "image_path", "path", "src", "url", "file", "source", "img", "image", "image_url", "filename",
    "href", "link",
)  # fmt: skip
_CAPTIONS: Final = ("caption", "description", "title", "desc", "attr")
_WORDS: Final = ("content", "text", "body", "message", "quote")
_IDS: Final = ("id", "video_id", "videoid", "youtube_id", "video", "user", "code")
_IMAGE: Final = compile_late(
    r"\S+\.(?:jpe?g|png|gif|webp|svg|bmp|avif|tiff?|ico)(?:[?#]\S*)?", re.IGNORECASE
)
_VIDEO: Final = compile_late(r"\S+\.(?:mp4|webm|ogv|mov|m4v|m3u8)(?:[?#]\S*)?", re.IGNORECASE)
_AUDIO: Final = compile_late(r"\S+\.(?:mp3|ogg|oga|wav|m4a|flac|aac)(?:[?#]\S*)?", re.IGNORECASE)
_SIZE: Final = compile_late(r"[0-9]+(?:px|%)?")
_LINK: Final = compile_late(r"\[([^\[\]]*)\]\(([^()\s]*)\)")
_PICTURE_NAME: Final = compile_late(r"fig(?:ure)?|ima?ge?|picture|photo|lightbox|thumb|screenshot")
_ADDRESS: Final = compile_late(r"https?://\S+", re.IGNORECASE)

_PLAYERS: Final = {
    "youtube": "https://www.youtube.com/watch?v=%",
    "vimeo": "https://vimeo.com/%",
    "bilibili": "https://www.bilibili.com/video/%",
    "dailymotion": "https://www.dailymotion.com/video/%",
    "youku": "https://v.youku.com/v_show/id_%.html",
    "google-drive": "https://drive.google.com/file/d/%/view",
}
_PAGES: Final = {
    "gist": "https://gist.github.com/%",
    "tweet": "https://twitter.com/i/status/%",
    "twitter": "https://twitter.com/i/status/%",
    "x": "https://twitter.com/i/status/%",
    "instagram": "https://www.instagram.com/p/%/",
    "asciinema": "https://asciinema.org/a/%",
    "jsfiddle": "https://jsfiddle.net/%",
    "codepen": "https://codepen.io/%",
    "spotify": "https://open.spotify.com/track/%",
    "soundcloud": "https://soundcloud.com/%",
    "speakerdeck": "https://speakerdeck.com/player/%",
    "slideshare": "https://www.slideshare.net/%",
}

# What computes and shows nothing by itself, whatever addresses it compares.
_LIQUID: Final = frozenset(
    ("if", "unless", "elsif", "else", "case", "when", "for", "break", "continue", "cycle",
     "tablerow", "assign", "capture", "increment", "decrement", "raw", "comment", "liquid", "echo",
     "layout", "seo", "feed_meta")
)  # fmt: skip
_PLAYER_NAME: Final = compile_late(
    r"player|video|audio|music|meting|podcast|embed|tweet|youtube|bilibili|vimeo|soundcloud|spotify"
)

_Render: TypeAlias = Callable[[str, Arguments], str]


def names_image(address: str) -> bool:
    """Whether an address is named like an image."""
    return _IMAGE.fullmatch(address) is not None


def render_tag(name: str, arguments: Arguments) -> str | None:
    """Return the HTML that stands for a tag; `None` if it is none that stands for content.

    Empty if it does, but says nothing that can be shown.
    """
    render = _RENDERERS.get(name)
    if render is not None:
        return render(name, arguments)
    return None


def render_plugin(name: str, arguments: Arguments) -> str | None:
    """Return a mark for a tag of Liquid that nobody knows, if it plays or shows something.

    Its address may be any of its words, or in one: `{% dplayer "url=/a.mp4" %}`.
    """
    if name in _LIQUID or name.startswith("end"):
        return None
    words = [word.rstrip(",") for word in arguments.words]
    for number, word in enumerate(words):
        key, _, value = word.partition("=")
        address = value if key.isalpha() and value else word
        is_medium = any(kind.fullmatch(address) for kind in (_IMAGE, _VIDEO, _AUDIO))
        if is_medium or (_ADDRESS.fullmatch(address) and _PLAYER_NAME.search(name)):
            caption = " ".join(other for other in words[:number] if "=" not in other)
            named = {"src": address, "caption": caption, **arguments.named}
            return render_unknown(name, Arguments((), named, ""))
    if _PLAYER_NAME.search(name):
        said = " ".join((*words, *arguments.named.values()))
        return render_unknown(name, arguments) or f"<p>▶ [{html.escape(f'{name}: {said}')}]</p>"
    return None


def render_unknown(name: str, arguments: Arguments) -> str:
    """Return a mark for a tag or an include that nobody knows, from what its arguments say."""
    kind = name.lower()
    address = arguments.first(*_ADDRESSES)
    caption = arguments.first(*_CAPTIONS) or arguments.first("alt", "name")
    identity = arguments.first(*_IDS)
    provider = arguments.first("provider", "type", "site").lower()
    for player in _PLAYERS:
        if player == provider or player in kind.replace("_", "-"):
            target = identity or address or next(iter(arguments.words), "")
            return _medium("video", _filled(_PLAYERS[player], target), caption) if target else ""
    if kind in _PAGES and (target := identity or address or next(iter(arguments.words), "")):
        return _medium("iframe", _filled(_PAGES[kind], target), caption)
    if address and (_IMAGE.fullmatch(address) or _PICTURE_NAME.search(kind)):
        link = arguments.first("link", "href", "target_url")
        return _figure(address, arguments.first("alt"), caption, "" if link == address else link)
    if address and ("video" in kind or _VIDEO.fullmatch(address)):
        return _medium("video", address, caption)
    if address and ("audio" in kind or "podcast" in kind or _AUDIO.fullmatch(address)):
        return _medium("audio", address, caption)
    if address:
        words = caption or f"{name}: {address}"
        return f'<p>▶ <a href="{html.escape(address)}">{_caption(words)}</a></p>'
    content = arguments.first(*_WORDS)
    if content:
        title = f"<p><b>{_caption(caption)}</b></p>" if caption else ""
        return f"<blockquote>{title}<p>{_caption(content)}</p></blockquote>"
    return f"<p>[{html.escape(name)}: {_caption(caption)}]</p>" if caption else ""


def _caption(written: str) -> str:
    """Return the HTML of a caption, which may hold tags, or links of Markdown."""
    if "<" in written:
        return written
    return _LINK.sub(r'<a href="\2">\1</a>', html.escape(written))


def _filled(address: str, identity: str) -> str:
    identity = identity.strip().strip("/")
    return identity if _ADDRESS.match(identity) else address.replace("%", identity)


def _figure(source: str, alt: str, caption: str, link: str = "") -> str:
    alt = "" if alt == caption else alt
    image = f'<img src="{html.escape(source)}" alt="{html.escape(alt)}">'
    if link:
        image = f'<a href="{html.escape(link)}">{image}</a>'
    below = f"<figcaption>{_caption(caption)}</figcaption>" if caption else ""
    return f"<figure>{image}{below}</figure>"


def _medium(tag: str, source: str, caption: str) -> str:
    title = f' title="{html.escape(caption)}"' if caption else ""
    return f'<figure><{tag} src="{html.escape(source)}"{title}></{tag}></figure>'


def _include(_name: str, arguments: Arguments) -> str:
    """Render `{% include figure.html image_path="…" caption="…" %}` by its file's name."""
    if not arguments.words:
        return ""
    stem = arguments.words[0].rpartition("/")[2].partition(".")[0]
    return render_unknown(stem, Arguments(arguments.words[1:], arguments.named, ""))


def _image(_name: str, arguments: Arguments) -> str:
    """Render Octopress' `[class] /path [width [height]] ["title" ["alt"]]`, and Hexo's."""
    if arguments.named and (address := arguments.first(*_ADDRESSES)):
        return _figure(address, arguments.first("alt"), arguments.first(*_CAPTIONS))
    words = [word.rstrip(",") for word in arguments.words]
    at = next(
        (n for n, word in enumerate(words) if _IMAGE.fullmatch(word) or _ADDRESS.match(word)), -1
    )
    if at < 0:
        at = next((n for n, word in enumerate(words) if "/" in word), -1)
    if at < 0:
        return ""
    rest = [word for word in words[at + 1 :] if not _SIZE.fullmatch(word)]
    # Hexo's '"title" "alt"' is one word in which two are quoted.
    quoted = [part for word in rest for part in re.findall(r'"([^"]*)"', word)] or rest
    if '"' in arguments.written or "'" in arguments.written:
        title, alt = (*quoted, "", "")[:2]
    else:
        title, alt = " ".join(rest), ""
    return _figure(words[at], alt or arguments.first("alt"), title)


def _player(name: str, arguments: Arguments) -> str:
    target = arguments.first(*_IDS, *_ADDRESSES) or next(iter(arguments.words), "")
    caption = arguments.first(*_CAPTIONS)
    if not target:
        return ""
    if name in _PLAYERS:
        return _medium("video", _filled(_PLAYERS[name], target), caption)
    if name in ("tweet", "twitter", "x"):
        target = arguments.first("id") or target
    elif len(arguments.words) > 1 and name == "gist" and "/" not in target and not caption:
        target = "/".join(arguments.words[:2])
    return _medium("iframe", _filled(_PAGES[name], target), caption)


def _film(name: str, arguments: Arguments) -> str:
    target = arguments.first(*_ADDRESSES) or next(iter(arguments.words), "")
    tag = name if name in ("video", "audio") else "iframe"
    return _medium(tag, target, arguments.first(*_CAPTIONS)) if target else ""


def _post_link(_name: str, arguments: Arguments) -> str:
    """Render Hexo's link to a post or file of the site: its title, else the file's name."""
    title = [word for word in arguments.words[1:] if word not in ("true", "false")]
    return html.escape(" ".join(title) or next(iter(arguments.words), ""))


def _link(name: str, arguments: Arguments) -> str:
    """Render a link of Hexo's or a theme's, or the address that is Jekyll's `{% link a.md %}`."""
    if name == "post_url" or (len(arguments.words) == 1 and "://" not in arguments.words[0]):
        return html.escape(arguments.words[0].rpartition("/")[2]) if arguments.words else ""
    return button_link(arguments)


def _label(_name: str, arguments: Arguments) -> str:
    return label_words(arguments)


def _fold(_name: str, arguments: Arguments) -> str:
    return fold_title(arguments)


def _include_code(_name: str, arguments: Arguments) -> str:
    """Render a file of code that lies elsewhere: its title and name."""
    return f"<p>[{html.escape(' '.join(arguments.words))}]</p>" if arguments.words else ""


_RENDERERS: Final[dict[str, _Render]] = {
    **dict.fromkeys(
        ("include", "include_cached", "include_relative", "render", "partial"), _include
    ),
    **dict.fromkeys(
        (
            "img",
            "image",
            "asset_img",
            "figure",
            "picture",
            "fancybox",
            "responsive_image",
            "inlineimg",
        ),
        _image,
    ),
    **dict.fromkeys((*_PLAYERS, *_PAGES), _player),
    **dict.fromkeys(("video", "audio", "iframe", "embed", "oembed", "pdf"), _film),
    **dict.fromkeys(("post_link", "asset_link"), _post_link),
    **dict.fromkeys((*BUTTONS, "post_url"), _link),
    **dict.fromkeys(LABELS, _label),
    **dict.fromkeys(FOLDS, _fold),
    **dict.fromkeys(("include_code", "include-code"), _include_code),
}
