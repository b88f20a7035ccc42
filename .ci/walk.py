"""Walk through the installed command as somebody does who has just installed it.

`python .ci/walk.py VENV FOLDER`: everything that is written goes below FOLDER.
"""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

SECONDS = 60.0


def main(venv: Path, folder: Path) -> None:
    """Run the steps; the first one that goes wrong ends it."""
    home = folder / "home"
    home.mkdir()
    os.environ.update(
        {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CACHE", "CONFIG", "DATA")}
        | {"XDG_STATE_HOME": str(home / "state"), "HOME": str(home), "LANG": "C.UTF-8"}
        | {"PATH": f"{venv / 'bin'}:{os.environ['PATH']}", "TERM": "xterm-256color"}
    )
    os.environ.pop("NEWSREADER_CONFIG", None)
    os.chdir(folder)

    assert run("--version").startswith("newsreader ")
    assert run("-V") == run("--version")
    assert "All is well." in run("doctor")
    paths = run("list", "--format", "paths").splitlines()
    assert len(paths) >= 16
    assert run("list", "--null").count("\0") == len(paths)
    run("list", "no-such-word-anywhere", code=1)
    shown = [json.loads(line) for line in run("show", "--json", *paths).splitlines()]
    assert all(each["title"] and each["text"] for each in shown)
    run("show", "--width", "40", paths[0])
    run("show", "/no/such/post.md", code=1)
    run("index")
    bookmarks(paths[0], folder)
    marks(folder)
    config(home)
    completion(folder)
    pages(venv)
    reader()


def run(*words: str, code: int = 0) -> str:
    """Run the command; return what it printed."""
    print("  newsreader", *words[:6], flush=True)
    done = subprocess.run(
        ["newsreader", *words], capture_output=True, text=True, check=False, timeout=SECONDS
    )
    assert done.returncode == code, (words, done.returncode, done.stdout, done.stderr)
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout


def bookmarks(post: str, folder: Path) -> None:
    """Bookmark, export, lose and import."""
    run("bookmarks", "add", post)
    run("bookmarks", "note", post, "of the walk")
    run("bookmarks", "export", str(folder / "site"))
    run("bookmarks", "export", str(folder / "one.md"))
    run("bookmarks", "remove", post)
    assert run("bookmarks", "list", "--json") == ""
    run("bookmarks", "import", str(folder / "site"))
    (kept,) = (json.loads(line) for line in run("bookmarks", "list", "--json").splitlines())
    assert kept["note"] == "of the walk"


def marks(folder: Path) -> None:
    """Export read marks and take them back."""
    file = folder / "marks.jsonl"
    run("marks", "export", str(file))
    assert "marked read" in run("marks", "import", str(file))
    assert run("marks", "export") == file.read_text(encoding="utf-8")


def config(home: Path) -> None:
    """A right config file, and a wrong one."""
    file = Path(run("config", "path").strip())
    assert file.is_relative_to(home)
    run("config", "set", "text-width", "72")
    run("config", "check")
    before = file.read_text(encoding="utf-8")
    file.write_text(f"{before}them: nord\n", encoding="utf-8")
    run("config", "check", code=2)
    file.write_text(before, encoding="utf-8")


def completion(folder: Path) -> None:
    """Complete a command and a theme in bash."""
    script = folder / "completion.bash"
    script.write_text(run("completion", "bash"), encoding="utf-8")
    asked = (
        f"source {script}\n"
        "COMP_WORDS=(newsreader bookm) COMP_CWORD=1 COMP_LINE='newsreader bookm' COMP_POINT=16\n"
        "COMP_TYPE=9\n"
        '_python_argcomplete newsreader\necho "${COMPREPLY[@]}"\n'
    )
    done = subprocess.run(["bash", "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "bookmarks", (done.stdout, done.stderr)


def pages(venv: Path) -> None:
    """The man page, and the completions that packages install."""
    page = venv / "share/man/man1/newsreader.1"
    assert page.read_text(encoding="utf-8").startswith(".TH NEWSREADER 1 ")
    for name in ("bash-completion/completions/newsreader", "zsh/site-functions/_newsreader"):
        assert "argcomplete" in (venv / "share" / name).read_text(encoding="utf-8")
    assert (venv / "share/fish/vendor_completions.d/newsreader.fish").is_file()


def reader() -> None:
    """Open the reader in a terminal, read a post, and quit."""
    process, terminal = pty.fork()
    if process == 0:
        os.execvp("newsreader", ["newsreader"])
    os.set_blocking(terminal, False)
    import fcntl
    import struct
    import termios

    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    written = wait_for(terminal, b"Categories")
    os.write(terminal, b"j\r")
    written += wait_for(terminal, b"back")
    os.write(terminal, b"q")  # back to the list
    written += read(terminal, 2.0)
    os.write(terminal, b"q")
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        written += read(terminal, 0.5)
        ended, status = os.waitpid(process, os.WNOHANG)
        if ended:
            assert os.waitstatus_to_exitcode(status) == 0, status
            written += read(terminal, 0.5)
            assert b"\x1b[?1049l" in written, written[-200:]
            print("  the reader in a terminal")
            return
    raise AssertionError(f"the reader does not quit: {written[-2000:]!r}")


def wait_for(terminal: int, wanted: bytes) -> bytes:
    """Read until the reader has drawn something."""
    written, end = b"", time.monotonic() + SECONDS
    while wanted not in written:
        assert time.monotonic() < end, f"{wanted!r} was never drawn: {written[-2000:]!r}"
        written += read(terminal, 0.5)
    return written


def read(terminal: int, seconds: float) -> bytes:
    """Read what the reader draws within some time."""
    if not select.select([terminal], [], [], seconds)[0]:
        return b""
    try:
        return os.read(terminal, 65_536)
    except OSError:  # it has ended
        return b""


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute(), Path(sys.argv[2]).absolute())
    print("  all steps went well")
