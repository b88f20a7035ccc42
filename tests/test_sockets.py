"""Nothing opens a socket: neither a command nor the reader, whatever a post shows or links to.

Each runs in a process whose `sitecustomize` refuses sockets and names, writes down who asked for
them, and is inherited by the processes that it starts.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.terminal import COMMAND, StartCommand

pytestmark = pytest.mark.long

# Those of the Unix domain stay inside the machine: asyncio wakes itself up by a pair of them.
TRAP = """
import os, socket, sys

def refuse(what):
    with open(os.environ["SOCKETS_ASKED_FOR"], "a") as file:
        file.write(f"{what!r} {sys.argv!r}\\n")
    raise OSError("no network")

class Refused(socket.socket):
    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        if family != socket.AF_UNIX:
            refuse(f"socket {family}")
        super().__init__(family, type, proto, fileno)

socket.socket = socket.SocketType = Refused
for name in ("create_connection", "create_server", "getaddrinfo", "gethostbyname",
             "gethostbyname_ex", "gethostbyaddr", "getnameinfo"):
    setattr(socket, name, lambda *args, name=name, **named: refuse(name))

# Below the names, for what imported `_socket` or keeps a class of its own.
def audit(event, arguments):
    if event == "socket.__new__" and arguments[1] != socket.AF_UNIX:
        refuse(f"{event} {arguments[1]}")
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        refuse(event)

sys.addaudithook(audit)
with open(os.environ["SOCKETS_ASKED_FOR"] + ".set", "a") as file:
    file.write(f"{sys.argv!r}\\n")
"""

POST = """---
title: Far away
date: 2024-05-01
link: https://h.invalid/post
---
<img src="http://h.invalid/a.png"> ![b](https://h.invalid/b.png) ![c](//h.invalid/c.png)
<iframe src="https://h.invalid/d"></iframe><video src="https://h.invalid/e.mp4"></video>
<link rel="stylesheet" href="https://h.invalid/f.css"><script src="https://h.invalid/g.js"></script>
[link](https://h.invalid/h) <https://h.invalid/i> https://h.invalid/j

{% include https://h.invalid/k %}

<svg><image href="https://h.invalid/l.svg"/></svg>
"""


class Trap:
    """A home folder with a site in it, where no process gets a socket."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.post = home / "site" / "_posts" / "2024-05-01-far.md"
        self.post.parent.mkdir(parents=True)
        self.post.write_text(POST, encoding="utf-8")
        (home / "site" / "_config.yml").write_text("url: https://h.invalid\n", encoding="utf-8")
        (home / "urls").write_text("http://h.invalid/feed\n", encoding="utf-8")
        (home / "trap").mkdir()
        (home / "trap" / "sitecustomize.py").write_text(TRAP, encoding="utf-8")
        self._asked = home / "asked"

    @property
    def variables(self) -> dict[str, str]:
        """What lays the trap in a process, and in those that it starts."""
        return {"PYTHONPATH": str(self.home / "trap"), "SOCKETS_ASKED_FOR": str(self._asked)}

    @property
    def asked(self) -> str:
        """Who asked for a socket or a name; the trap was laid."""
        assert self._asked.with_suffix(".set").exists()
        return self._asked.read_text(encoding="utf-8") if self._asked.exists() else ""

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command in the trap."""
        folders = ("cache", "data", "config", "state")
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            **{f"XDG_{each.upper()}_HOME": str(self.home / each) for each in folders},
            **self.variables,
        }
        return subprocess.run(
            command, env=environment, cwd=self.home, capture_output=True, text=True, check=False
        )


@pytest.fixture
def trap(tmp_path: Path) -> Trap:
    return Trap(tmp_path)


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.socket()",
        "import socket; socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)",
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "import _socket; _socket.socket(_socket.AF_INET)",
        "import _socket; _socket.getaddrinfo('localhost', 80)",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')",
        "import asyncio; asyncio.run(asyncio.open_connection('127.0.0.1', 9))",
        (
            "import subprocess, sys\n"
            "subprocess.run([sys.executable, '-c', 'import socket; socket.socket()'])"
        ),
    ],
)
def test_the_trap_sees_who_asks_for_a_socket(trap: Trap, code: str) -> None:
    trap.run(sys.executable, "-c", code)
    assert trap.asked


def test_the_trap_lets_asyncio_wake_itself_up(trap: Trap) -> None:
    done = trap.run(sys.executable, "-c", "import asyncio; asyncio.run(asyncio.sleep(0))")
    assert done.returncode == 0, done.stderr
    assert not trap.asked


def test_no_command_opens_a_socket(trap: Trap) -> None:
    post, site = str(trap.post), ("--source", str(trap.home / "site"))
    for arguments in (
        ("index", *site),
        ("list", *site),
        ("list", *site, "--format", "json", "far"),
        *(("show", post, "--format", each) for each in ("text", "markdown", "html", "json")),
        ("bookmarks", *site, "add", post),
        ("bookmarks", *site, "list"),
        *(("bookmarks", "export", f"out{each}") for each in ("", ".md", ".html", ".json")),
        ("bookmarks", "import", "out"),
        ("bookmarks", *site, "note", post, "seen"),
        ("bookmarks", *site, "update", post),
        ("bookmarks", *site, "remove", post),
        ("doctor", *site),
        ("feeds", "import", str(trap.home / "urls")),
        ("feeds", "list"),
        ("feeds", "export"),
        ("index",),
        ("list", "--source", post, "far"),
        ("feeds", "remove", "http://h.invalid/feed"),
    ):
        done = trap.run(str(COMMAND), *arguments)
        assert done.returncode == 0, (arguments, done.stdout, done.stderr)
        assert not trap.asked, arguments


@pytest.mark.parametrize(
    "arguments", [("fetch",), ("feeds", "add", "http://127.0.0.1:9/feed")], ids=" ".join
)
def test_fetching_and_adding_a_feed_ask_for_one(trap: Trap, arguments: tuple[str, ...]) -> None:
    trap.run(str(COMMAND), "feeds", "import", str(trap.home / "urls"))
    assert not trap.asked
    done = trap.run(str(COMMAND), *arguments)
    assert done.returncode == 1
    assert trap.asked


def test_the_reader_opens_no_socket_unless_feeds_are_fetched(
    trap: Trap, start: StartCommand
) -> None:
    trap.run(str(COMMAND), "feeds", "import", str(trap.home / "urls"))
    terminal = start(**trap.variables)
    terminal.wait_for("F5 fetches your feeds.")
    assert not trap.asked
    terminal.press("\x1b[15~")
    terminal.wait_for("1 of 1 feeds failed")
    assert "fetch" in trap.asked
    terminal.press("q")
    assert terminal.end() == 0


def test_the_reader_opens_no_socket(trap: Trap, start: StartCommand) -> None:
    terminal = start(str(trap.home / "site"), **trap.variables)
    terminal.wait_for("1 of 1")
    terminal.press("\r")
    terminal.wait_for("back")  # the article's keys
    terminal.wait_for("h.invalid")
    terminal.press("m")
    terminal.wait_for("★ Bookmarked")
    terminal.press("q")
    terminal.wait_for("quit")
    terminal.press("q")
    assert terminal.end() == 0
    assert not trap.asked
