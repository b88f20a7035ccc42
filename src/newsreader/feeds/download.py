"""Ask a server for something: the one place of this program that opens a socket.

By aiohttp: it has a release every month, while the last stable one of httpx is of 2024. It asks
hundreds of servers from one thread, knows the proxies of the environment and `~/.netrc`, and checks
certificates.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final, TypeAlias
from urllib.parse import urlsplit

import aiohttp

from newsreader import __version__
from newsreader.problems import Problem

_ACCEPT: Final = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9,"
    " text/xml;q=0.9, application/json;q=0.8, text/html;q=0.5, */*;q=0.3"
)
_LONGEST_WAIT: Final = timedelta(days=7)
_PERMANENT: Final = frozenset((301, 308))
_CHUNK: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Limits:
    """What a server may cost.

    Attributes:
        seconds: For all of one answer.
        idle_seconds: Until a connection is made, and from one piece to the next.
        most_bytes: Of an answer, unpacked.
        image_bytes: Of an image.
        redirects: From one address to another.
        at_once: Requests at a time.
        per_host: Requests to one host at a time.
    """

    seconds: float = 60
    idle_seconds: float = 20
    most_bytes: int = 32 << 20
    image_bytes: int = 5 << 20
    redirects: int = 10
    at_once: int = 24
    per_host: int = 4


@dataclass(frozen=True, slots=True)
class Downloaded:
    """An answer.

    Attributes:
        raw: Its bytes, unpacked.
        content_type: What the server says they are.
        url: Where they came from in the end.
        moved_to: The address to ask from now on, if the server says so; else empty.
        etag: Its validator.
        modified: The same, as a date of HTTP.
    """

    raw: bytes = field(repr=False)
    content_type: str
    url: str
    moved_to: str = ""
    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The document is the one that was read last."""


@dataclass(frozen=True, slots=True)
class Refused:
    """There is no answer to use.

    Attributes:
        problem: Why.
        not_before: When the server wants to be asked again; `None` if it does not say.
        is_gone: Whether it says that there will never be one.
    """

    problem: Problem
    not_before: datetime | None = None
    is_gone: bool = False


Answer: TypeAlias = Downloaded | Unchanged | Refused


class Downloader:
    """Asks servers, at most so many at a time."""

    def __init__(self, session: aiohttp.ClientSession, limits: Limits) -> None:
        self._session = session
        self._limits = limits
        self._slots = asyncio.Semaphore(limits.at_once)
        self._hosts: dict[str, asyncio.Semaphore] = {}

    async def get(
        self,
        url: str,
        *,
        etag: str = "",
        modified: str = "",
        most_bytes: int | None = None,
        begin: Callable[[], None] | None = None,
    ) -> Answer:
        """Ask for a document.

        Args:
            url: Its address.
            etag: The validator of the document that is known; empty: none is.
            modified: The same, as a date of HTTP.
            most_bytes: Its limit; `None`: that of a feed.
            begin: Is called when it is its turn.

        Never raises but for cancellation.
        """
        host = host_of(url)
        if not host:
            return Refused(Problem("feed-address-unusable", (url,)))
        headers = {"If-None-Match": etag} if etag else {}
        headers |= {"If-Modified-Since": modified} if modified else {}
        limit = self._limits.most_bytes if most_bytes is None else most_bytes
        of_host = self._hosts.setdefault(host, asyncio.Semaphore(self._limits.per_host))
        async with of_host, self._slots:
            if begin is not None:
                begin()
            try:
                async with asyncio.timeout(self._limits.seconds):
                    return await self._get(url, headers, limit)
            except aiohttp.ServerTimeoutError:
                return Refused(Problem("feed-stalled", (host,)))
            except TimeoutError:
                return Refused(Problem("feed-timed-out", (host, int(self._limits.seconds))))
            except (aiohttp.ClientError, OSError, ValueError) as error:
                return Refused(_problem(error, host))

    async def _get(self, url: str, headers: dict[str, str], limit: int) -> Answer:
        async with self._session.get(
            url, headers=headers, max_redirects=self._limits.redirects
        ) as answer:
            if answer.status == 304:
                return Unchanged()
            if answer.status != 200:
                return _refuse(answer, host_of(url))
            too_large = Refused(Problem("feed-too-large", (limit >> 20,)))
            if (answer.content_length or 0) > limit:
                return too_large
            pieces: list[bytes] = []
            size = 0
            async for piece in answer.content.iter_chunked(_CHUNK):
                size += len(piece)
                if size > limit:
                    return too_large
                pieces.append(piece)
            return Downloaded(
                b"".join(pieces),
                answer.headers.get("Content-Type", ""),
                str(answer.url),
                _moved_to(url, answer),
                answer.headers.get("ETag", ""),
                answer.headers.get("Last-Modified", ""),
            )


@contextlib.asynccontextmanager
async def open_downloader(limits: Limits) -> AsyncIterator[Downloader]:
    """Open what asks servers, and close all connections in the end."""
    timeout = aiohttp.ClientTimeout(
        total=None, sock_connect=limits.idle_seconds, sock_read=limits.idle_seconds
    )
    async with aiohttp.ClientSession(
        # The limits of a host are ours: waiting for a connection here would count as its time.
        connector=aiohttp.TCPConnector(limit=0),
        timeout=timeout,
        trust_env=True,
        headers={"User-Agent": f"newsreader/{__version__}", "Accept": _ACCEPT},
    ) as session:
        yield Downloader(session, limits)


def host_of(url: str) -> str:
    """The host of an address of the web; empty for any other."""
    try:
        parts = urlsplit(url)
        return (parts.hostname or "") if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""


def _moved_to(url: str, answer: aiohttp.ClientResponse) -> str:
    """The address that a document has moved to for good: not if one step on the way is for now."""
    steps = answer.history
    if not steps or any(step.status not in _PERMANENT for step in steps):
        return ""
    moved = str(answer.url)
    is_less_safe = url.startswith("https:") and not moved.startswith("https:")
    return "" if is_less_safe or moved == url else moved


def _refuse(answer: aiohttp.ClientResponse, host: str) -> Refused:
    match answer.status:
        case 404:
            return Refused(Problem("feed-not-found", (host,)))
        case 410:
            return Refused(Problem("feed-gone", (host,)), is_gone=True)
        case 429 | 503:
            again = _retry_after(answer.headers.get("Retry-After", ""), datetime.now(UTC))
            if again is None:
                return Refused(Problem("feed-busy", (host, answer.status)))
            until = again.astimezone().strftime("%Y-%m-%d %H:%M")
            return Refused(Problem("feed-busy-until", (host, answer.status, until)), again)
        case status:
            return Refused(Problem("feed-status", (host, status)))


def _retry_after(written: str, now: datetime) -> datetime | None:
    """When to ask again: after so many seconds, or at a date (RFC 9110, 10.2.3)."""
    written = written.strip()
    if written.isascii() and written.isdigit():
        wait = timedelta(seconds=min(int(written[:9]), 10**8))
    else:
        try:
            moment = parsedate_to_datetime(written)
        except (TypeError, ValueError):
            return None
        wait = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now
    return now + max(timedelta(), min(wait, _LONGEST_WAIT))


def _problem(error: Exception, host: str) -> Problem:
    match error:
        case aiohttp.ClientConnectorDNSError():
            return Problem("feed-host-unknown", (host,))
        case aiohttp.ClientConnectorCertificateError() | aiohttp.ClientConnectorSSLError():
            return Problem("feed-certificate", (host,))
        case aiohttp.TooManyRedirects():
            return Problem("feed-redirects", (host,))
        case aiohttp.NonHttpUrlClientError() | aiohttp.RedirectClientError():
            return Problem("feed-redirect-refused", (host,))
        case aiohttp.InvalidURL():
            return Problem("feed-address-unusable", (host,))
        case aiohttp.ClientConnectorError():
            return Problem("feed-no-connection", (host, error.strerror or "no connection"))
        case aiohttp.ClientPayloadError() | aiohttp.ServerDisconnectedError():
            return Problem("feed-cut-off", (host,))
        case aiohttp.ClientResponseError():
            return Problem("feed-no-http", (host,))
        case _:
            return Problem("feed-no-connection", (host, str(error) or type(error).__name__))
