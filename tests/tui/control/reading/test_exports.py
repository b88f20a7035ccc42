"""The article as Markdown, elsewhere."""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import replace
from pathlib import Path

import pytest

from newsreader.text import literal
from newsreader.tui.programs.command import ProgramError
from newsreader.tui.values import PostId
from tests.tui.control.fakes import ControlsOnFakes


async def reading(text: str) -> ControlsOnFakes:
    fakes = ControlsOnFakes()
    fakes.store.texts[PostId(1)] = text
    fakes.controls.navigation.open_post(PostId(1))
    await fakes.settle()
    return fakes


def copied(fakes: ControlsOnFakes) -> str:
    [written] = fakes.screen.services.written
    [encoded] = re.findall(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07", written)[:1]
    return b64decode(encoded).decode()


async def test_the_article_is_copied_as_markdown() -> None:
    fakes = await reading("<p>Some <b>bold</b> text.</p>\n")
    fakes.controls.reading.by_id()["article.copy"]()
    await fakes.settle()
    assert copied(fakes) == '---\ntitle: "Post 1"\n---\n\nSome **bold** text.\n'
    assert fakes.screen.status.message == "Copied the article: 45 characters"


async def test_the_copy_that_is_shown_is_the_one_that_is_copied() -> None:
    fakes = await reading("Text.\n")
    fakes.controls.article.show_other_version(PostId(1))
    fakes.controls.reading.by_id()["article.copy"]()
    await fakes.settle()
    assert copied(fakes).endswith("The copy.\n")


async def test_a_post_that_cannot_be_read_is_reported() -> None:
    fakes = await reading("Text.\n")
    fakes.store.failing.add("read")
    fakes.controls.reading.by_id()["article.copy"]()
    await fakes.settle()
    assert fakes.screen.services.written == []
    assert len(fakes.screen.services.notified) == 1


async def test_the_article_is_saved_where_the_user_says(tmp_path: Path) -> None:
    fakes = await reading("Text.\n")
    fakes.screen.services.answer = str(tmp_path)
    for _ in range(2):
        fakes.controls.reading.by_id()["article.save"]()
        await fakes.settle()
    assert (tmp_path / "Post 1 2.md").exists()
    assert (tmp_path / "Post 1.md").read_text() == '---\ntitle: "Post 1"\n---\n\nText.\n'
    assert fakes.screen.status.message == f"Saved as {tmp_path}/Post 1 2.md"
    assert fakes.screen.services.asked[-1] == str(tmp_path)  # the last folder is offered again


async def test_a_folder_that_is_not_there_is_told() -> None:
    fakes = await reading("Text.\n")
    fakes.screen.services.answer = "/no/such/folder"
    fakes.controls.reading.by_id()["article.save"]()
    await fakes.settle()
    assert fakes.screen.services.notified == ["There is no folder /no/such/folder"]


async def test_a_command_gets_the_article_and_its_status_is_told() -> None:
    fakes = await reading("Text.\n")
    services = fakes.screen.services
    services.answer = "wc -w | cat"
    fakes.controls.reading.by_id()["article.pipe"]()
    await fakes.settle()
    [(command, given, waits)] = services.ran
    assert (command, waits) == ("wc -w | cat", True)
    assert given is not None
    assert given.endswith("\nText.\n")
    assert fakes.screen.status.message == "wc -w | cat is done"
    services.status = 3
    fakes.controls.reading.by_id()["article.pipe"]()
    await fakes.settle()
    assert fakes.screen.status.message == "wc -w | cat: exit status 3"
    assert services.asked[-1] == "wc -w | cat"  # as it was the last time


async def test_the_file_is_edited_and_read_again() -> None:
    fakes = await reading("Text.\n")
    control = fakes.controls.reading
    shown = len(fakes.screen.article.shown)
    control._config = replace(control._config, editor="cat -n %s")
    control.by_id()["article.edit"]()
    await fakes.settle()
    assert fakes.screen.services.ran == [(("cat", "-n", "/library/1.md"), None, False)]
    assert len(fakes.screen.article.shown) > shown
    fakes.screen.services.unable = ProgramError(literal("It cannot be left"))
    control.by_id()["article.edit"]()
    await fakes.settle()
    assert fakes.screen.services.notified == ["It cannot be left"]


async def test_a_bookmark_whose_file_is_gone_has_nothing_to_edit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fakes = await reading("Text.\n")
    stored = replace(fakes.store.read(PostId(1)), gone=True)
    monkeypatch.setattr(fakes.store, "read", lambda *_, **__: stored)
    fakes.controls.reading.by_id()["article.edit"]()
    await fakes.settle()
    assert fakes.screen.services.ran == []
    assert fakes.screen.status.message.startswith("The file of this post is gone")
