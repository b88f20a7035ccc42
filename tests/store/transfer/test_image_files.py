"""Which files may travel with a bookmark."""

from __future__ import annotations

import pytest

from newsreader.store.transfer.image_files import is_image, may_be_image

SVG = b'<svg xmlns="http://www.w3.org/2000/svg">%s</svg>'


@pytest.mark.parametrize(
    "path", ["a.png", "图/甲 1.JPEG", "_posts/a.webp", "a/b.c/d.svg", "图：一.png", "…a.gif"]
)
def test_an_image_in_a_plain_folder_may_be_taken(path: str) -> None:
    assert may_be_image(path)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "a",
        "Gemfile",
        "a.md",
        "a.png.rb",
        "/a.png",
        "../a.png",
        ".a.png",
        "_a.png",
        "_POSTS/a.png",
        ".GIT/a.png",
        "\u200c.git/a.png",
        "\uff0egit/a.png",
        "\uff3fplugins/a.png",
        "Git~1/a.png",
        "a.png:b.png",
        "a\\b.png",
        "\u200b/a.png",
    ],
)
def test_a_name_that_other_programs_obey_is_refused(path: str) -> None:
    assert not may_be_image(path)


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"GIF89a",
        b"RIFF\0\0\0\0WEBPVP8 ",
        b"\0\0\0\x1cftypavif",
        b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0",
        b"\0\0\1\0",
    ],
)
def test_a_bitmap_is_known_by_its_first_bytes(content: bytes) -> None:
    assert is_image("a.jpg", content)
    assert not is_image("a.jpg", b" " + content)
    assert not is_image("a.svg", content)


@pytest.mark.parametrize(
    "content",
    [
        SVG % b"<path d='M0 0'/>",
        b'<?xml version="1.0"?>\n<!-- made by hand -->\n' + SVG % b"",
        b"\xef\xbb\xbf<svg/>",
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/x.dtd"><svg/>',
    ],
)
def test_an_svg_that_only_draws_is_an_image(content: bytes) -> None:
    assert is_image("a.svg", content)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"---\nlayout: x\n---\n<svg/>",
        b"<html/>",
        b"<svg>",
        SVG % b"<script>alert(1)</script>",
        SVG % b"<foreignObject/>",
        SVG % b"<path onload='x()'/>",
        SVG % b"<a href=' java&#10;script:x()'/>",
        SVG % b"<set attributeName='href' values='x;javascript:x()'/>",
        b"<?xml-stylesheet href='x.xsl' type='text/xsl'?><svg/>",
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>',
    ],
)
def test_an_svg_that_does_more_is_refused(content: bytes) -> None:
    assert not is_image("a.svg", content)
