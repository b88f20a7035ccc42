"""Bytes of feeds become text."""

from __future__ import annotations

import pytest

from newsreader.feeds.documents.decode_feed import decode_feed

CHINESE = "<rss><title>数字化转型为广东千行百业带来发展新机遇，的。</title></rss>"
JAPANESE = "<rss><title>これは日本のニュースをまとめて読むためのものです</title></rss>"
RUSSIAN = "<rss><title>Новости</title></rss>"


def declared(text: str, charset: str) -> str:
    return f'<?xml version="1.0" encoding="{charset}"?>{text}'


@pytest.mark.parametrize(
    ("text", "charset", "content_type"),
    [
        (CHINESE, "utf-8", ""),
        (CHINESE, "utf-8-sig", "text/xml; charset=gbk"),
        (CHINESE, "utf-16", ""),
        (CHINESE, "gb18030", ""),
        (CHINESE, "gb18030", 'text/xml; charset="GB2312"'),
        (CHINESE, "gb18030", "text/xml; charset=utf-8"),  # which is wrong
        (declared(CHINESE, "gbk"), "gbk", "text/xml"),
        (declared(CHINESE, "gbk"), "gbk", "text/xml; charset=rot13"),
        (declared(CHINESE, "utf-8"), "gb18030", ""),
        (declared(CHINESE, "big5"), "utf-8", ""),
        (JAPANESE, "cp932", ""),
        (JAPANESE, "euc_jp", ""),
        (declared(JAPANESE, "Shift_JIS"), "cp932", ""),
        (declared(RUSSIAN, "windows-1251"), "cp1251", ""),
        (RUSSIAN, "koi8-r", "text/xml; charset=koi8-r"),
        ("<rss>Ä ö café €</rss>", "cp1252", ""),
    ],
)
def test_a_feed_is_decoded(text: str, charset: str, content_type: str) -> None:
    assert decode_feed(text.encode(charset), content_type) == text


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe\x00", bytes(range(256)), b"\x81" * 99])
def test_any_bytes_are_decoded(raw: bytes) -> None:
    assert isinstance(decode_feed(raw, "text/xml; charset=punycode"), str)
