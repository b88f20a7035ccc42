"""Commands of this program as processes of their own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from newsreader.own_process import OwnProcess

pytestmark = pytest.mark.long


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    for kind in ("CONFIG", "CACHE", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind.lower()))
    return tmp_path


def test_what_it_prints_is_told_and_how_it_ended(home: Path) -> None:
    (home / "config.yaml").write_text(f"sources: [{{path: '{home}', name: News, update: 'true'}}]")
    process = OwnProcess("update", home / "config.yaml", "--no-index")

    told = [*process.run(["News"])]
    assert [each.get("updating", each.get("name")) for each in told] == [1, "News"]
    assert (process.code, process.complaint) == (0, "")
    assert [*process.run(["Nothing"])] == [{"updating": 0}]
    assert (process.code, process.complaint) == (1, "There is no source Nothing.")
    process = OwnProcess("update", home / "gone.yaml")
    assert [*process.run([])] == []
    assert process.complaint
    assert "gone.yaml" not in process.complaint


def test_it_can_be_stopped(home: Path) -> None:
    (home / "config.yaml").write_text(f"sources: [{{path: '{home}', update: sleep 600}}]")
    process = OwnProcess("update", home / "config.yaml")
    process.stop()
    for told in process.run([]):
        assert told == {"updating": 1}
        process.stop()
    assert process.code == 130
    process.stop()


def test_why_it_failed_is_read_to_the_end(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = home / "slow"
    script.write_text("#!/bin/sh\nexec >&-\nsleep 0.2\necho 'newsreader: because' >&2\nexit 1\n")
    script.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(script))
    process = OwnProcess("update", None)

    assert [*process.run([])] == []
    assert (process.code, process.complaint) == (1, "because")
