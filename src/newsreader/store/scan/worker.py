"""A second process that reads and splits posts: `python -m newsreader.store.scan.worker`.

It gets lists of jobs on its standard input and answers with what they came to on its standard
output, each a pickle behind its length. It ends when its input ends, so it never outlives the
process that started it, however that one ends.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, TYPE_CHECKING, Final, Generic, Protocol, TypeVar

from newsreader.runtime import set_up_worker
from newsreader.store.scan.jobs import Job, JobResult

if TYPE_CHECKING:
    import subprocess

_LENGTH_BYTES: Final = 8
_AHEAD: Final = 4
"""Batches that the worker has, so that it never waits while this process writes."""

_PIPE_BYTES: Final = 1 << 20
"""Room for those batches in a pipe, if the system gives it."""


class _HasJobs(Protocol):
    @property
    def jobs(self) -> list[Job]: ...


Batch = TypeVar("Batch", bound=_HasJobs)


def cores() -> int:
    """Count the cores that this process may use: so many processes can run at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(slots=True)
class _Worker:
    process: subprocess.Popen[bytes]
    answers: SimpleQueue[bytes | None]


class JobRunner(Generic[Batch]):
    """Runs batches of jobs, here and in a second process if there is a core for it."""

    def __init__(self, *, with_worker: bool) -> None:
        """Start the second process.

        Args:
            with_worker: Whether there is enough to do for one, which takes 0.25 s to start.
        """
        self._worker = _start() if with_worker and cores() > 1 else None

    def __enter__(self) -> JobRunner[Batch]:
        return self

    @property
    def worker(self) -> subprocess.Popen[bytes] | None:
        """The second process; `None` if there is none."""
        return self._worker.process if self._worker is not None else None

    def __exit__(self, *_: object) -> None:
        self._end()

    def run(self, batches: Iterable[Batch]) -> Iterator[tuple[Batch, list[JobResult]]]:
        """Each batch with what its jobs came to, in about the order given."""
        waiting = iter(batches)
        asked: deque[Batch] = deque()
        while True:
            while self._worker is not None and len(asked) < _AHEAD:
                batch = next(waiting, None)
                if batch is None:
                    break
                asked.append(batch)
                if not self._ask(batch.jobs):
                    break
            if asked:
                answer = self._answer(wait=False)
                if answer is None and self._worker is not None:
                    # While the worker works, so does this process.
                    batch = next(waiting, None)
                    if batch is not None:
                        yield batch, _run(batch.jobs)
                        continue
                    answer = self._answer(wait=True)
                batch = asked.popleft()
                # A worker that was killed leaves its work to this process.
                yield batch, answer if answer is not None else _run(batch.jobs)
                continue
            batch = next(waiting, None)
            if batch is None:
                return
            yield batch, _run(batch.jobs)

    def _ask(self, jobs: list[Job]) -> bool:
        worker = self._worker
        if worker is None or worker.process.stdin is None:
            return False
        try:
            _send(worker.process.stdin, pickle.dumps(jobs, pickle.HIGHEST_PROTOCOL))
        except OSError:
            self._end()
            return False
        return True

    def _answer(self, *, wait: bool) -> list[JobResult] | None:
        """The next answer; `None` if there is none yet, or no worker any more."""
        worker = self._worker
        if worker is None:
            return None
        try:
            answer = worker.answers.get(block=wait)
        except Empty:
            return None
        if answer is None:
            self._end()
            return None
        results: list[JobResult] = pickle.loads(answer)  # noqa: S301 - our own process made it
        return results

    def _end(self) -> None:
        worker, self._worker = self._worker, None
        if worker is None:
            return
        worker.process.kill()
        worker.process.wait()
        for pipe in (worker.process.stdin, worker.process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


def _run(jobs: list[Job]) -> list[JobResult]:
    """Run jobs here."""
    # Late: a scan with nothing to do needs no parser.
    from newsreader.store.scan.index_entry import run_job  # noqa: PLC0415

    return [run_job(job) for job in jobs]


def _start() -> _Worker | None:
    import subprocess  # noqa: PLC0415  (late: most scans find little to do)

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
    worker = _Worker(process, SimpleQueue())
    # It is read all the time, so that neither process ever waits for the other to read.
    Thread(target=_collect, args=(worker,), name="worker", daemon=True).start()
    return worker


def _collect(worker: _Worker) -> None:
    stream = worker.process.stdout
    try:
        while stream is not None and (answer := _receive(stream)) is not None:
            worker.answers.put(answer)
    except (OSError, ValueError):  # It is closed at the end.
        pass
    finally:
        worker.answers.put(None)


def _send(stream: IO[bytes], message: bytes) -> None:
    stream.write(len(message).to_bytes(_LENGTH_BYTES, "big"))
    stream.write(message)
    stream.flush()


def _receive(stream: IO[bytes]) -> bytes | None:
    """The next message; `None` at the end, even in the middle of one."""
    head = stream.read(_LENGTH_BYTES)
    if len(head) < _LENGTH_BYTES:
        return None
    length = int.from_bytes(head, "big")
    message = stream.read(length)
    return message if len(message) == length else None


def main() -> int:
    """Answer until there are no more questions."""
    set_up_worker()
    questions: SimpleQueue[bytes] = SimpleQueue()
    # Nobody waits for the answers to what was asked last when the input ends: several batches of
    # long posts, seconds of work.
    Thread(target=_listen, args=(questions,), name="questions", daemon=True).start()
    while True:
        jobs: list[Job] = pickle.loads(questions.get())  # noqa: S301 - our own process made it
        answer = pickle.dumps(_run(jobs), pickle.HIGHEST_PROTOCOL)
        try:
            _send(sys.stdout.buffer, answer)
        except OSError:
            return 1  # The process that asked is gone.


def _listen(questions: SimpleQueue[bytes]) -> None:
    """Take questions until they end, and the process with them."""
    # Not by `sys.stdin`, whose lock this thread would hold when the process ends otherwise.
    with open(sys.stdin.fileno(), "rb", closefd=False) as stream:
        while (message := _receive(stream)) is not None:
            questions.put(message)
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
