"""The second process that reads and splits posts."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pytest

from newsreader.posts.model import Site
from newsreader.store.scan import full_text, scanner, worker
from newsreader.store.scan.index_entry import run_job
from newsreader.store.scan.jobs import Folder, Job
from newsreader.store.scan.worker import JobRunner
from tests.store.conftest import Library

pytestmark = pytest.mark.long


def test_a_worker_that_dies_leaves_its_work_to_the_scan(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    for each in range(60):
        library.write(f"2020-01-01-{each:04}.md", body="zebra")
    monkeypatch.setattr(worker, "cores", lambda: 2)
    monkeypatch.setattr(scanner, "_FEW", 0)
    for stage in (scanner, full_text):
        monkeypatch.setattr(stage, "_WORTH_HELP", 1)
    start, killed = worker._start, 0

    def start_and_kill() -> object:
        nonlocal killed
        started = start()
        assert started is not None
        started.process.kill()
        killed += 1
        return started

    monkeypatch.setattr(worker, "_start", start_and_kill)
    with library.scanned().databases.connection() as db:
        sql = "SELECT count(*) FROM fts WHERE fts MATCH 'zebra'"
        assert db.execute(sql).fetchone() == (60,)
    assert killed == 1


def test_a_worker_answers_until_there_are_no_more_questions(library: Library) -> None:
    library.write("2020-01-01-a.md", title="a", body="zebra")
    folder = Folder(1, f"{library.folder}/", "_posts/", "_posts/", 1, Site(), certain=True)
    jobs = [Job(folder, name, with_text=True) for name in ("2020-01-01-a.md", "not there.md")]

    class Batch:
        def __init__(self) -> None:
            self.jobs = jobs

    with JobRunner[Batch](with_worker=True) as runner:
        answers = [found for _, found in runner.run(Batch() for _ in range(20))]
        worker = runner.worker
    assert answers == [[run_job(job) for job in jobs]] * 20
    assert answers[0][1] is None
    assert worker is None or worker.poll() is not None


def test_the_worker_ends_when_whoever_asked_is_gone() -> None:
    command = [sys.executable, "-m", "newsreader.store.scan.worker"]
    done = subprocess.run(command, input=b"\0\0", capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_the_worker_ends_at_once_though_much_was_asked(library: Library) -> None:
    library.write("2020-01-01-a.md", title="a", body="zebra " * 50_000)
    folder = Folder(1, f"{library.folder}/", "_posts/", "_posts/", 1, Site(), certain=True)
    jobs = [Job(folder, "2020-01-01-a.md", with_text=True)] * 20_000  # an hour of work
    message = pickle.dumps(jobs)
    command = [sys.executable, "-m", "newsreader.store.scan.worker"]
    done = subprocess.run(
        command,
        input=len(message).to_bytes(8, "big") + message,
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
