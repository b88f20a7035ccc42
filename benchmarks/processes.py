"""What a process and all that belong to it take: seconds, processor, memory."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Used:
    """What a process took, and those that it waited for.

    Attributes:
        seconds: From its start to its end.
        processor: Seconds of the processor.
    """

    seconds: float
    processor: float


def run(command: Sequence[str], environment: dict[str, str]) -> Used:
    """Run a command to its end.

    Raises:
        CalledProcessError: It failed.
    """
    begun = time.perf_counter()
    nowhere = subprocess.DEVNULL
    with subprocess.Popen(command, env=environment, stdout=nowhere, stderr=nowhere) as process:
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Used(seconds, usage.ru_utime + usage.ru_stime)


def processes_of(environment: dict[str, str]) -> Iterator[int]:
    """The processes whose cache is that of an environment: a reader and those that it started."""
    sign = f"XDG_CACHE_HOME={environment['XDG_CACHE_HOME']}".encode()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            variables = (folder / "environ").read_bytes().split(b"\0")
        except OSError:  # it has ended, or is somebody else's
            continue
        if sign in variables:
            yield int(folder.name)


def memory_of(environment: dict[str, str]) -> list[float]:
    """Resident megabytes of these processes, the largest first.

    What two of them share counts in both.
    """
    sizes = []
    for pid in processes_of(environment):
        try:
            status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
        except OSError:
            continue
        sizes += [int(line.split()[1]) / 1024 for line in status.splitlines() if "VmRSS" in line]
    return sorted(sizes, reverse=True)
