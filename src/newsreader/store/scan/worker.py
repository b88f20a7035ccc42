"""A second process that reads and splits posts: `python -m newsreader.store.scan.worker`.

It gets lists of jobs on its standard input and answers with what they came to on its standard
output, each a pickle behind its length. It ends when its input ends, so it never outlives the
process that started it, however that one ends.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, Final, Generic, Protocol, TypeVar

from newsreader.runtime import set_up_worker
from newsreader.store.scan.index_entry import Job, Prepared, prepare

_LENGTH_BYTES: Final = 8
_AHEAD: Final = 4
"""Batches that the helper has, so that it never waits while this process writes."""

_PIPE_BYTES: Final = 1 << 20
"""Room for those batches in a pipe, where the system gives it."""


class _HasJobs(Protocol):
    @property
    def jobs(self) -> list[Job]: ...


Batch = TypeVar("Batch", bound=_HasJobs)


def cores() -> int:
    """How many processes can run at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(slots=True)
class _Child:
    process: subprocess.Popen[bytes]
    answers: SimpleQueue[bytes | None]


class Preparer(Generic[Batch]):
    """Prepares batches of jobs, here and in a second process where there is a core for it."""

    def __init__(self, *, helped: bool) -> None:
        """Start the second process.

        Args:
            helped: Whether there is enough to do for one; it takes a quarter of a second to start.
        """
        self._child = _start() if helped and cores() > 1 else None

    def __enter__(self) -> Preparer[Batch]:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def run(self, batches: Iterable[Batch]) -> Iterator[tuple[Batch, list[Prepared]]]:
        """Each batch with what its jobs came to, in about the order given."""
        waiting = iter(batches)
        asked: deque[Batch] = deque()
        while True:
            while self._child is not None and len(asked) < _AHEAD:
                batch = next(waiting, None)
                if batch is None:
                    break
                asked.append(batch)
                if not self._ask(batch.jobs):
                    break
            if asked:
                answer = self._answer(wait=False)
                if answer is None and self._child is not None:
                    # While the helper works, so does this process.
                    batch = next(waiting, None)
                    if batch is not None:
                        yield batch, [prepare(job) for job in batch.jobs]
                        continue
                    answer = self._answer(wait=True)
                batch = asked.popleft()
                # A helper that was killed leaves its work to this process.
                yield batch, answer if answer is not None else [prepare(job) for job in batch.jobs]
                continue
            batch = next(waiting, None)
            if batch is None:
                return
            yield batch, [prepare(job) for job in batch.jobs]

    def _ask(self, jobs: list[Job]) -> bool:
        child = self._child
        if child is None or child.process.stdin is None:
            return False
        try:
            _send(child.process.stdin, pickle.dumps(jobs, pickle.HIGHEST_PROTOCOL))
        except OSError:
            self._end()
            return False
        return True

    def _answer(self, *, wait: bool) -> list[Prepared] | None:
        """The next answer; `None` where there is none yet, or no helper any more."""
        child = self._child
        if child is None:
            return None
        try:
            answer = child.answers.get(block=wait)
        except Empty:
            return None
        if answer is None:
            self._end()
            return None
        prepared: list[Prepared] = pickle.loads(answer)  # noqa: S301 - our own process made it
        return prepared

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.process.kill()
        child.process.wait()
        for pipe in (child.process.stdin, child.process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


def _start() -> _Child | None:
    # -P: a folder of posts is no place to import modules from.
    command = [sys.executable, "-P", "-m", "newsreader.store.scan.worker"]
    try:
        process = subprocess.Popen(  # noqa: S603 - our own module
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pipesize=_PIPE_BYTES,
            start_new_session=True,  # Ctrl+C in the terminal is for the process that asks.
        )
    except OSError:
        return None
    child = _Child(process, SimpleQueue())
    # It is read all the time, so that neither process ever waits for the other to read.
    Thread(target=_collect, args=(child,), name="helper", daemon=True).start()
    return child


def _collect(child: _Child) -> None:
    stream = child.process.stdout
    try:
        while stream is not None and (answer := _receive(stream)) is not None:
            child.answers.put(answer)
    except (OSError, ValueError):  # It is closed at the end.
        pass
    finally:
        child.answers.put(None)


def _send(stream: IO[bytes], message: bytes) -> None:
    stream.write(len(message).to_bytes(_LENGTH_BYTES, "big"))
    stream.write(message)
    stream.flush()


def _receive(stream: IO[bytes]) -> bytes | None:
    """The next message; `None` at the end, also where it ends in the middle of one."""
    head = stream.read(_LENGTH_BYTES)
    if len(head) < _LENGTH_BYTES:
        return None
    length = int.from_bytes(head, "big")
    message = stream.read(length)
    return message if len(message) == length else None


def main() -> int:
    """Answer until there are no more questions."""
    set_up_worker()
    try:
        while (message := _receive(sys.stdin.buffer)) is not None:
            jobs: list[Job] = pickle.loads(message)  # noqa: S301 - our own process made it
            answer = pickle.dumps([prepare(job) for job in jobs], pickle.HIGHEST_PROTOCOL)
            _send(sys.stdout.buffer, answer)
    except OSError:
        return 1  # Whoever asked is gone.
    return 0


if __name__ == "__main__":
    sys.exit(main())
