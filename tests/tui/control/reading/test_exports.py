"""The article as Markdown, elsewhere."""

from __future__ import annotations

import re
from base64 import b64decode

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
