"""Reading what commands are given."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsreader.cli.errors import CommandError
from newsreader.cli.input import read_input
from newsreader.files import FileTooLargeError


@pytest.fixture(params=["file", "pipe", "-"])
def name(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """What names ten bytes."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"0123456789")))
    (tmp_path / "file").write_bytes(b"0123456789")
    reading, writing = os.pipe()
    os.write(writing, b"0123456789")
    os.close(writing)
    yield {"file": str(tmp_path / "file"), "pipe": f"/dev/fd/{reading}"}.get(request.param, "-")
    os.close(reading)


def test_all_of_it_is_read(name: str) -> None:
    assert read_input(name, 10) == b"0123456789"


def test_more_than_the_limit_is_refused_by_its_name(name: str) -> None:
    with pytest.raises(FileTooLargeError) as caught:
        read_input(name, 9)
    assert caught.value.filename == name


def test_standard_input_may_be_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(CommandError, match="Standard input is closed"):
        read_input("-", 10)
