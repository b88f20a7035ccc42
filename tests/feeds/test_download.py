"""Servers are asked, within limits."""

from __future__ import annotations

import asyncio
import resource
import zlib
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler

import pytest

from newsreader.feeds.download import (
    Answer,
    Downloaded,
    Limits,
    Refused,
    Unchanged,
    _retry_after,
    host_of,
    open_downloader,
)
from tests.feeds.conftest import QUICK
from tests.feeds.server import FeedServer, pour, serve, trickle

NOW = datetime(2022, 3, 1, 12, tzinfo=UTC)


def get(url: str, limits: Limits = QUICK, *, etag: str = "") -> Answer:
    async def ask() -> Answer:
        async with open_downloader(limits) as downloader:
            return await downloader.get(url, etag=etag)

    return asyncio.run(ask())


def code_of(answer: Answer) -> str:
    assert isinstance(answer, Refused)
    return answer.problem.code


def test_an_answer_comes_with_what_is_needed_to_ask_again(server: FeedServer) -> None:
    url = server.put("/f", "text", headers={"Content-Type": "text/xml"}, validates=True)
    answer = get(url)

    assert isinstance(answer, Downloaded)
    assert (answer.raw, answer.content_type, answer.url) == (b"text", "text/xml", url)
    assert get(url, etag=answer.etag) == Unchanged()
    assert server.asked("/f")[0]["User-Agent"].startswith("newsreader/")


def test_a_certificate_that_nobody_has_signed_is_refused() -> None:
    with serve(tls=True) as server:
        assert code_of(get(server.put("/f", "text"))) == "feed-certificate"
        assert server.requests == []


def test_the_proxy_of_the_environment_is_asked(
    server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.put("http://far.invalid/f", "by proxy")
    monkeypatch.setenv("http_proxy", server.root)
    answer = get("http://far.invalid/f")

    assert isinstance(answer, Downloaded)
    assert answer.raw == b"by proxy"


def test_a_server_that_says_nothing_is_given_up(server: FeedServer) -> None:
    url = server.put("/f", send=trickle(1, 30))

    assert code_of(get(url, Limits(seconds=30, idle_seconds=0.3))) == "feed-stalled"


@pytest.mark.parametrize("encoding", ["", "deflate"])
def test_an_endless_answer_takes_little_memory(server: FeedServer, encoding: str) -> None:
    piece = zlib.compress(bytes(1 << 26)) if encoding else bytes(1 << 16)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    url = server.put("/f", send=pour(10_000, encoding, piece))
    code = code_of(get(url, Limits(seconds=20, idle_seconds=5, most_bytes=4 << 20)))

    assert code == "feed-too-large"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 << 10


def test_what_is_not_http_is_told(server: FeedServer) -> None:
    def greet(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"SSH-2.0\r\n\r\n")

    url = server.put("/f", send=greet)

    assert code_of(get(url)) == "feed-no-http"


async def test_a_host_is_asked_a_few_times_at_once(server: FeedServer) -> None:
    running = most = 0

    def begin() -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)

    urls = [server.put(f"/{number}", send=trickle(2, 0.05)) for number in range(9)]
    async with open_downloader(Limits(per_host=2)) as downloader:

        async def ask(url: str) -> None:
            nonlocal running
            await downloader.get(url, begin=begin)
            running -= 1

        await asyncio.gather(*map(ask, urls))

    assert (len(server.requests), most) == (9, 2)


def test_a_document_that_moved_from_https_to_http_has_not_moved_for_good(
    server: FeedServer,
) -> None:
    server.put("/new", "x")
    steps = [
        server.put("/a", status=301, headers={"Location": "/b"}),
        server.put("/b", status=302, headers={"Location": "/new"}),
        server.put("/c", status=308, headers={"Location": "/new"}),
    ]
    moved = [answer.moved_to for each in steps if isinstance(answer := get(each), Downloaded)]

    assert moved == ["", "", f"{server.root}/new"]


@pytest.mark.parametrize(
    ("written", "wait"),
    [
        ("120", timedelta(minutes=2)),
        ("Tue, 01 Mar 2022 12:10:00 GMT", timedelta(minutes=10)),
        ("Tue, 01 Mar 2022 11:00:00 GMT", timedelta()),
        ("99999999999999", timedelta(days=7)),
        ("Fri, 01 Jan 9999 00:00:00 GMT", timedelta(days=7)),
        ("soon", None),
        ("-5", None),
        ("", None),
    ],
)
def test_the_time_to_wait_is_read(written: str, wait: timedelta | None) -> None:
    until = _retry_after(written, NOW)

    assert (None if until is None else until - NOW) == wait


@pytest.mark.parametrize(
    "url", ["", "ftp://a.example/", "file:///etc/passwd", "http://[", "a.example"]
)
def test_what_is_no_address_of_the_web_has_no_host(url: str) -> None:
    assert host_of(url) == ""
    assert code_of(get(url)) == "feed-address-unusable"
