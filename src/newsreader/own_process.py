"""Commands of this program as processes of their own, for whoever must not wait for them."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import cast


class OwnProcess:
    """Runs `newsreader COMMAND --format=json`, and tells what that prints, line by line.

    Attributes:
        code: How the last one ended.
        complaint: The first sentence of what it wrote to standard error; empty for none.
    """

    def __init__(self, command: str, config: Path | None, *options: str) -> None:
        """Start nothing yet.

        Args:
            command: What to run.
            config: The config file; `None`, or where there is none: the user's own.
            options: More of them.
        """
        self._words = [sys.executable, "-P", "-m", "newsreader", command, "--format=json", *options]
        self._config = config
        self._process: subprocess.Popen[str] | None = None
        self.code = 0
        self.complaint = ""

    def run(self, words: Sequence[str]) -> Iterator[Mapping[str, object]]:
        """Run it, and yield the object of each line that it prints; others are passed over.

        Raises:
            OSError: It cannot be started.
        """
        config = [f"--config={self._config}"] if self._config and self._config.exists() else []
        process = subprocess.Popen(  # noqa: S603 - our own module
            [*self._words, *config, "--", *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,  # Ctrl+C in the terminal is not meant for it.
        )
        self._process = process
        # Read by a thread of its own: a full pipe would stop the process.
        complaints: list[str] = []

        def read_complaints() -> None:
            with suppress(ValueError):  # closed, as nobody asks for them any more
                complaints.extend(process.stderr or ())

        reader = threading.Thread(target=read_complaints, name="complaints", daemon=True)
        reader.start()
        with process:
            for line in process.stdout or ():
                with suppress(ValueError):
                    told = cast("object", json.loads(line))
                    if isinstance(told, dict):
                        yield told
            reader.join()
        self.code = process.returncode
        self.complaint = "".join(complaints[:1]).removeprefix("newsreader: ").strip()

    def stop(self) -> None:
        """End it if it is going on; what it has done stays."""
        if self._process is not None and self._process.poll() is None:
            with suppress(ProcessLookupError):
                self._process.send_signal(signal.SIGINT)
