"""The addresses of players."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.article.document import Figure, leaves
from newsreader.article.parse.elements.players import public_address
from newsreader.article.parse.parse_article import parse_body


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("https://www.youtube.com/embed/a_B-1?rel=0", "https://www.youtube.com/watch?v=a_B-1"),
        ("//www.youtube-nocookie.com/embed/x1", "https://www.youtube.com/watch?v=x1"),
        (
            "https://www.youtube.com/embed/videoseries?list=PL1",
            "https://www.youtube.com/playlist?list=PL1",
        ),
        ("https://player.vimeo.com/video/12?h=1", "https://vimeo.com/12"),
        ("//player.bilibili.com/player.html?aid=7", "https://www.bilibili.com/video/av7"),
        (
            "//player.bilibili.com/player.html?bvid=BV1x&aid=7",
            "https://www.bilibili.com/video/BV1x",
        ),
        ("https://v.qq.com/txp/iframe/player.html?vid=k1", "https://v.qq.com/x/page/k1.html"),
        ("https://v.qq.com/iframe/preview.html?a=b&vid=k1", "https://v.qq.com/x/page/k1.html"),
        ("http://player.youku.com/embed/XM==", "https://v.youku.com/v_show/id_XM==.html"),
        (
            "https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/1",
            "https://api.soundcloud.com/tracks/1",
        ),
        ("https://www.youtube.com/embed/a<b", "https://www.youtube.com/embed/a<b"),
        ("https://example.net/embed/a", "https://example.net/embed/a"),
        ("/embed/a", "/embed/a"),
        ("http://[", "http://["),
    ],
)
def test_a_known_player_gives_its_public_address(address: str, public: str) -> None:
    assert public_address(address) == public


@pytest.mark.parametrize(
    ("html", "address"),
    [
        ("<script src=https://gist.github.com/a/1.js></script>", "https://gist.github.com/a/1"),
        ("<script src='//gist.github.com/1.js?file=b.rb'></script>", "https://gist.github.com/1"),
        ("<script src=https://asciinema.org/a/14.js></script>", "https://asciinema.org/a/14"),
        ("<script src=https://example.net/a.js></script>", None),
        ("<oembed url=https://youtu.be/a></oembed>", "https://youtu.be/a"),
    ],
)
def test_what_a_script_writes_into_the_page_has_its_address(html: str, address: str | None) -> None:
    figures = [leaf for leaf in leaves(parse_body(html).blocks) if isinstance(leaf, Figure)]
    assert [figure.source for figure in figures] == ([] if address is None else [address])


@given(st.text())
def test_any_address_comes_back_from_an_unknown_host(address: str) -> None:
    assert public_address(f"https://example.net/{address}") == f"https://example.net/{address}"
    public_address(address)
    public_address(f"https://www.youtube.com/{address}")
