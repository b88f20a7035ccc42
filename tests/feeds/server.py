"""A real server on loopback, whose answers a test writes."""

from __future__ import annotations

import hashlib
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

Send = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Page:
    """What a path answers.

    Attributes:
        body: Its bytes.
        status: Its status.
        headers: What is sent beside the length.
        validates: Whether it knows validators.
        send: Answers in its own way, instead.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    validates: bool = False
    send: Send | None = None

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha1(self.body).hexdigest()}"'


class FeedServer:
    """Serves pages; `requests` lists the paths and headers of what was asked for."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.pages: dict[str, Page] = {}
        self.requests: list[tuple[str, Mapping[str, str]]] = []
        self.root = f"http://127.0.0.1:{server.server_port}"

    def put(
        self,
        path: str,
        body: str | bytes = b"",
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        validates: bool = False,
        send: Send | None = None,
    ) -> str:
        """Serve a page, and return its address."""
        raw = body.encode() if isinstance(body, str) else body
        self.pages[path] = Page(raw, status, headers or {}, validates, send)
        return f"{self.root}{path}"

    def asked(self, path: str) -> list[Mapping[str, str]]:
        """The headers of the requests for a path."""
        return [headers for each, headers in self.requests if each == path]


def trickle(pieces: int, seconds: float) -> Send:
    """Send a byte at a time."""

    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(pieces):
            handler.wfile.write(b"<")
            handler.wfile.flush()
            time.sleep(seconds)

    return send


def break_off(body: bytes, length: int) -> Send:
    """Promise more than is sent."""

    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(length))
        handler.end_headers()
        handler.wfile.write(body)

    return send


def pour(count: int, encoding: str = "", piece: bytes = b" " * 65536) -> Send:
    """Send a piece many times, without saying how often."""

    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        if encoding:
            handler.send_header("Content-Encoding", encoding)
        handler.end_headers()
        for _ in range(count):
            handler.wfile.write(piece)

    return send


@contextmanager
def serve(*, tls: bool = False) -> Iterator[FeedServer]:
    """Serve on a free port of loopback while the context lasts.

    Args:
        tls: Whether by https, with a certificate that nobody has signed but its owner.
    """

    class Handler(BaseHTTPRequestHandler):
        # Connections end with their answer, as those of half of all servers do.
        protocol_version = "HTTP/1.0"

        def do_GET(self) -> None:
            feeds.requests.append((self.path, dict(self.headers.items())))
            page = feeds.pages.get(self.path, Page(status=404))
            try:
                self._answer(page)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def _answer(self, page: Page) -> None:
            if page.send is not None:
                page.send(self)
                return
            known = page.validates and self.headers.get("If-None-Match") == page.etag
            self.send_response(304 if known else page.status)
            for name, value in page.headers.items():
                self.send_header(name, value)
            if page.validates:
                self.send_header("ETag", page.etag)
            body = b"" if known else page.body
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

        def handle_error(self, request: object, client_address: object) -> None:
            pass

    with Server(("127.0.0.1", 0), Handler) as server:
        feeds = FeedServer(server)
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(Path(__file__).with_name("certificate.pem"))
            server.socket = context.wrap_socket(server.socket, server_side=True)
            feeds.root = feeds.root.replace("http:", "https:")
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield feeds
        finally:
            server.shutdown()
            thread.join()
