"""Commands of this program as processes of their own."""

from __future__ import annotations

import threading
import time
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


class LateThread(threading.Thread):
    """Begins when everything else may be over."""

    def run(self) -> None:
        time.sleep(0.3)
        super().run()


def test_why_it_failed_is_read_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "Thread", LateThread)
    process = OwnProcess("update", None)

    assert [*process.run(["Nothing"])] == [{"updating": 0}]
    assert (process.code, process.complaint) == (1, "There is no source Nothing.")
