"""Read the addresses of players: videos, sounds and pages inside a page.

What plays inside a page has an address of its own, which few players name: that of the page where
everybody else sees it. It is shown instead, as that of the player leads to a bare frame.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, TypeAlias
from urllib.parse import parse_qs, urlsplit

from newsreader.article.document import Figure
from newsreader.article.parse.liquid import known_address, relative_address
from newsreader.patterns import compile_late
from newsreader.text import EMPTY, Clean, clean_line, safe_link

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from selectolax.lexbor import LexborNode

    from newsreader.article.parse.attributes import Attributes

PlayerKind: TypeAlias = Literal["video", "audio", "frame"]

_KINDS: Final[Mapping[str, PlayerKind]] = {
    "iframe": "frame", "embed": "frame", "object": "frame", "frame": "frame",
    "video": "video", "audio": "audio", "bgsound": "audio",
    "amp-video": "video", "amp-audio": "audio", "amp-iframe": "frame", "amp-video-iframe": "video",
    "amp-youtube": "video", "amp-vimeo": "video", "amp-dailymotion": "video",
    "amp-soundcloud": "audio", "amp-twitter": "frame", "amp-instagram": "frame",
    "amp-facebook": "frame", "amp-gist": "frame", "amp-tiktok": "video", "amp-pinterest": "frame",
    "amp-reddit": "frame", "amp-brightcove": "video", "amp-jwplayer": "video", "amp-embed": "frame",
    "amp-3q-player": "video", "amp-youku": "video", "amp-bilibili": "video",
    "lite-youtube": "video", "lite-vimeo": "video", "youtube-video": "video",
    "vimeo-video": "video", "lite-bilibili": "video",
    "mpvoice": "audio", "mp-common-mpaudio": "audio", "qqmusic": "audio", "mpvideosnap": "video",
    "mp-common-videosnap": "video", "mpvideo": "video", "mp-common-product": "frame",
    "mp-miniprogram": "frame", "mp-weapp": "frame", "mpprofile": "frame",
    "oembed": "frame", "amp-playbuzz": "frame", "model-viewer": "frame",
    "mp-common-profile": "frame",
}  # fmt: skip
PLAYERS: Final = frozenset(_KINDS)
"""The tags of players; `object` is one only if it says what it shows."""

# Without an address these are empty boxes; others say who or what they are by their title.
_STANDARD: Final = frozenset(("iframe", "embed", "object", "frame", "video", "audio", "bgsound"))
_SOURCES: Final = (
    "src", "data-src", "url", "data-lazy-src", "data-litespeed-src", "data-cfsrc", "data-url",
    "data",
    "data-original", "data-href", "audiourl", "data-audiourl", "data-video-src", "data-mp4",
)  # fmt: skip
_TITLES: Final = (
    "title", "aria-label", "playlabel", "name", "data-title", "music_name", "data-desc",
    "data-miniprogram-title", "data-miniprogram-nickname", "data-weui-title", "data-nickname",
)  # fmt: skip
# Where a player is known by an identifier alone: the tag, its attribute, the address around it.
_BY_ID: Final = {
    "amp-youtube": (("data-videoid",), "https://www.youtube.com/watch?v={}"),
    "lite-youtube": (("videoid", "video-id"), "https://www.youtube.com/watch?v={}"),
    "youtube-video": (("videoid", "video-id"), "https://www.youtube.com/watch?v={}"),
    "amp-vimeo": (("data-videoid",), "https://vimeo.com/{}"),
    "lite-vimeo": (("videoid", "video-id"), "https://vimeo.com/{}"),
    "vimeo-video": (("videoid", "video-id"), "https://vimeo.com/{}"),
    "amp-dailymotion": (("data-videoid",), "https://www.dailymotion.com/video/{}"),
    "amp-bilibili": (("data-videoid", "data-bvid"), "https://www.bilibili.com/video/{}"),
    "lite-bilibili": (("videoid", "bvid"), "https://www.bilibili.com/video/{}"),
    "amp-youku": (("data-videoid",), "https://v.youku.com/v_show/id_{}.html"),
    "amp-soundcloud": (("data-trackid",), "https://api.soundcloud.com/tracks/{}"),
    "amp-twitter": (("data-tweetid",), "https://twitter.com/i/status/{}"),
    "amp-instagram": (("data-shortcode",), "https://www.instagram.com/p/{}/"),
    "amp-gist": (("data-gistid",), "https://gist.github.com/{}"),
    "mpvoice": (("voice_encode_fileid",), "https://res.wx.qq.com/voice/getvoice?mediaid={}"),
    "mp-common-mpaudio": (
        ("voice_encode_fileid",),
        "https://res.wx.qq.com/voice/getvoice?mediaid={}",
    ),
}
_ID: Final = compile_late(r"[\w/=-]{1,100}", re.ASCII)
_NO_ADDRESS: Final = compile_late(r"(?:javascript|data|about|vbscript):|#", re.IGNORECASE)
_WRITER: Final = compile_late(
    r"(?:https?:)?//((?:gist\.github\.com(?:/[\w.-]+?){1,2}|asciinema\.org/a/\w+))(?:\.js(?:\?\S*)?)?",
    re.ASCII,
)
_MOVIE_NAMES: Final = frozenset(("movie", "src", "url", "filename", "file"))


def read_player(node: LexborNode, tag: str, attributes: Attributes, site_url: str) -> Figure | None:
    """Make the figure of a player; None if it names nothing to play.

    Its address is that of the `src`, of a `<source>`, or of what a lazy loader would put there.
    Without the site's own address a relative one is shown and not linked.
    """
    kind = _KINDS[tag]
    title = EMPTY
    for name in _TITLES:
        if (name != "name" or kind == "audio") and (
            title := clean_line(attributes.get(name) or "")
        ):
            break
    if tag in _BY_ID:
        names, pattern = _BY_ID[tag]
        found = next((value for name in names if (value := attributes.get(name))), "")
        if found and _ID.fullmatch(found):
            return Figure(kind, clean_line(pattern.format(found)), title)
    best: Figure | None = None
    for source in _sources(node, attributes):
        figure = _figure(kind, source, title, site_url)
        if figure is not None and figure.source:
            return figure
        best = best or figure
    if best is None and (title if tag not in _STANDARD else "srcdoc" in attributes):
        return Figure(kind, EMPTY, title)
    return best


def read_script(attributes: Attributes) -> Figure | None:
    """Make the figure of a script that writes a gist or a recording into the page."""
    found = _WRITER.fullmatch((attributes.get("src") or "").strip()[:500])
    return None if found is None else Figure("frame", clean_line(f"https://{found[1]}"), EMPTY)


def _figure(kind: PlayerKind, source: str, title: Clean, site_url: str) -> Figure | None:
    address = safe_link(public_address(known_address(source)), site_url)
    if address and not address.startswith("#"):
        return Figure(kind, address, title)
    if not source or _NO_ADDRESS.match(source):
        return None
    return Figure(kind, EMPTY, title, written=relative_address(source))


def _sources(node: LexborNode, attributes: Attributes) -> Iterator[str]:
    """Yield all addresses that a player names, as written, the best first."""
    for name in _SOURCES:
        if source := (attributes.get(name) or "").strip():
            yield source
    child = node.first_child
    while child is not None:
        own = child.attributes if child.tag in ("source", "param", "a") else {}
        if child.tag == "param" and (own.get("name") or "").lower() in _MOVIE_NAMES:
            yield (own.get("value") or "").strip()
        elif child.tag == "source":
            for name in ("src", "data-src"):
                if source := (own.get(name) or "").strip():
                    yield source
        child = child.next


def public_address(address: str) -> str:
    """Return the page where everybody sees what a known player plays; any other address itself."""
    try:
        parts = urlsplit(address if "://" in address else f"https:{address}")
        host, path = (parts.hostname or "").removeprefix("www."), parts.path
        if host not in _HOSTS:
            return address
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    except ValueError:
        return address
    for pattern, name, target in _HOSTS[host]:
        found = re.fullmatch(pattern, path)
        if found is None:
            continue
        value = query.get(name, "") if name else found[1]
        if name == "url" and value.startswith(("http://", "https://")):
            return value
        if name == "aid" and value:
            value = f"av{value.removeprefix('av')}"
        if value and _ID.fullmatch(value) and value != "videoseries":
            return target.format(value)
    return address


_YOUTUBE: Final = (
    ("/(?:embed|v|shorts)/([^/?&]+).*", "", "https://www.youtube.com/watch?v={}"),
    ("/embed/videoseries/?", "list", "https://www.youtube.com/playlist?list={}"),
)
# A host: the pattern of a path, the name of what its query says (else the path's group), and where
# that is seen.
_HOSTS: Final[Mapping[str, tuple[tuple[str, str, str], ...]]] = {
    "youtube.com": _YOUTUBE,
    "m.youtube.com": _YOUTUBE,
    "youtube-nocookie.com": _YOUTUBE,
    "player.vimeo.com": (("/video/([0-9]+).*", "", "https://vimeo.com/{}"),),
    "player.bilibili.com": (
        ("/player\\.html", "bvid", "https://www.bilibili.com/video/{}"),
        ("/player\\.html", "aid", "https://www.bilibili.com/video/{}"),
    ),
    "bilibili.com": (
        ("/blackboard/(?:html5mobileplayer|webplayer/mbplayer)\\.html", "bvid",
         "https://www.bilibili.com/video/{}"),
        ("/blackboard/(?:html5mobileplayer|webplayer/mbplayer)\\.html", "aid",
         "https://www.bilibili.com/video/{}"),
    ),
    "v.qq.com": (
        ("/(?:txp/)?iframe/(?:player|preview)\\.html", "vid", "https://v.qq.com/x/page/{}.html"),
    ),
    "static.video.qq.com": (("/TPout\\.swf", "vid", "https://v.qq.com/x/page/{}.html"),),
    "player.youku.com": (
        ("/embed/([^/?]+).*", "", "https://v.youku.com/v_show/id_{}.html"),
        ("/player\\.php/(?:.*/)?sid/([^/]+)/.*", "", "https://v.youku.com/v_show/id_{}.html"),
    ),
    "dailymotion.com": (("/embed/video/([^/?]+)", "", "https://www.dailymotion.com/video/{}"),),
    "w.soundcloud.com": (("/player/?", "url", "{}"),),
    "open.spotify.com": (("/embed/([a-z]+/[^/?]+)", "", "https://open.spotify.com/{}"),),
    "player.twitch.tv": (("/?", "video", "https://www.twitch.tv/videos/{}"),),
    "ted.com": (("/talks/embed/([^/?]+)", "", "https://www.ted.com/talks/{}"),),
    "embed.ted.com": (("/talks/(?:lang/[a-z-]+/)?([^/?]+)", "", "https://www.ted.com/talks/{}"),),
    "loom.com": (("/embed/([^/?]+)", "", "https://www.loom.com/share/{}"),),
    "streamable.com": (("/[eo]/([^/?]+)", "", "https://streamable.com/{}"),),
    "player.acfun.cn": (("/player/?", "vid", "https://www.acfun.cn/v/{}"),),
    "acfun.cn": (("/player/([^/?]+)", "", "https://www.acfun.cn/v/{}"),),
}  # fmt: skip
