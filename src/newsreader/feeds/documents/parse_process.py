"""Processes that read feeds' documents: one per core, and none for longer than it may.

A document of a few megabytes can be made to keep a parser busy for hours, or to fill the memory.
Such a process is ended, and its document is the only one that is lost. The jobs and answers are
pickles behind their length, on standard input and output.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import pickle
import signal
import struct
import sys
from dataclasses import dataclass
from types import TracebackType
from typing import BinaryIO, Final, Self, cast

from newsreader.feeds.values import FeedDocument

_LENGTH: Final = struct.Struct("!Q")
_MOST_PROCESSES: Final = 4
_MOST_MEMORY: Final = 2 << 30
SECONDS: Final = 60.0


class UnreadableFeedError(Exception):
    """A document took too long, or ended the process that read it."""


@dataclass(slots=True)
class _Idle:
    """A process that waits for a document; `None` until it is started."""

    process: asyncio.subprocess.Process | None = None


class ParseProcesses:
    """Reads documents in processes of their own, one each at a time."""

    def __init__(self, count: int, seconds: float = SECONDS) -> None:
        """Start nothing yet.

        Args:
            count: How many documents there may be.
            seconds: For one of them.
        """
        self._all = [
            _Idle() for _ in range(max(1, min(count, os.cpu_count() or 1, _MOST_PROCESSES)))
        ]
        self._seconds = seconds
        self._free: asyncio.Queue[_Idle] = asyncio.Queue()

    async def __aenter__(self) -> Self:
        for each in self._all:
            self._free.put_nowait(each)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for each in self._all:
            await _end(each)

    async def read(self, raw: bytes, content_type: str, url: str) -> FeedDocument | None:
        """Read a feed's document; `None` if it is none.

        Raises:
            UnreadableFeedError: It takes too long, or too much memory.
        """
        idle = await self._free.get()
        try:
            async with asyncio.timeout(self._seconds):
                return await _ask(idle, (raw, content_type, url))
        except (TimeoutError, EOFError, OSError) as error:
            await _end(idle)
            raise UnreadableFeedError from error
        except BaseException:
            await _end(idle)
            raise
        finally:
            self._free.put_nowait(idle)


async def _ask(idle: _Idle, job: tuple[bytes, str, str]) -> FeedDocument | None:
    if idle.process is None:
        idle.process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-m",
            "newsreader.feeds.documents.parse_process",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            start_new_session=True,  # Ctrl+C is not meant for it: it ends with its input.
        )
    pipe_in, pipe_out = idle.process.stdin, idle.process.stdout
    if pipe_in is None or pipe_out is None:
        raise EOFError
    message = pickle.dumps(job)
    pipe_in.write(_LENGTH.pack(len(message)) + message)
    await pipe_in.drain()
    (length,) = _LENGTH.unpack(await pipe_out.readexactly(_LENGTH.size))
    answer = await pipe_out.readexactly(length)
    return cast("FeedDocument | None", pickle.loads(answer))  # noqa: S301 - of our own process


async def _end(idle: _Idle) -> None:
    process, idle.process = idle.process, None
    if process is not None:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def _serve(pipe_in: BinaryIO, pipe_out: BinaryIO) -> None:
    from newsreader.feeds.documents.entries import read_feed  # noqa: PLC0415  (only in the process)

    while len(head := pipe_in.read(_LENGTH.size)) == _LENGTH.size:
        raw, content_type, url = cast(
            "tuple[bytes, str, str]",
            pickle.loads(pipe_in.read(_LENGTH.unpack(head)[0])),  # noqa: S301 - of our own process
        )
        answer = pickle.dumps(read_feed(raw, content_type, url))
        pipe_out.write(_LENGTH.pack(len(answer)) + answer)
        pipe_out.flush()


def _limit_memory() -> None:
    import resource  # noqa: PLC0415  (only in the process)

    with contextlib.suppress(OSError, ValueError):  # macOS knows no such limit
        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory()
    with contextlib.suppress(BrokenPipeError):
        _serve(sys.stdin.buffer, sys.stdout.buffer)
