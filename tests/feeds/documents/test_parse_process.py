"""Documents are read in processes that can be ended."""

from __future__ import annotations

import os
import signal

import pytest

from newsreader.feeds.documents import parse_process
from newsreader.feeds.documents.parse_process import ParseProcesses, UnreadableFeedError
from tests.feeds.made_feeds import RSS_20


async def test_documents_are_read_one_after_the_other() -> None:
    async with ParseProcesses(1) as processes:
        first = await processes.read(RSS_20.encode(), "", "https://a.example/")
        second = await processes.read(b"no feed", "", "https://a.example/")

    assert first is not None
    assert first.title == "Two & more"
    assert second is None


async def test_a_document_that_takes_too_long_is_given_up_and_no_other() -> None:
    async with ParseProcesses(1) as processes:
        processes._seconds = 0.0001
        with pytest.raises(UnreadableFeedError):
            await processes.read(RSS_20.encode(), "", "https://a.example/")
        processes._seconds = 60
        assert await processes.read(RSS_20.encode(), "", "https://a.example/") is not None


async def test_a_process_that_dies_costs_its_document_alone() -> None:
    async with ParseProcesses(1) as processes:
        await processes.read(RSS_20.encode(), "", "https://a.example/")
        process = processes._all[0].process
        assert process is not None
        os.kill(process.pid, signal.SIGKILL)
        await process.wait()
        with pytest.raises(UnreadableFeedError):
            await processes.read(RSS_20.encode(), "", "https://a.example/")
        assert await processes.read(RSS_20.encode(), "", "https://a.example/") is not None


async def test_no_process_is_left() -> None:
    async with ParseProcesses(99) as processes:
        assert len(processes._all) <= parse_process._MOST_PROCESSES
        await processes.read(RSS_20.encode(), "", "https://a.example/")
        process = processes._all[0].process
    assert process is not None
    assert process.returncode is not None
