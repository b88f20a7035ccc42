"""Asking for the images of an article."""

from __future__ import annotations

import sys

import pytest

from newsreader.text import clean_line
from newsreader.tui.keys import Pane
from newsreader.tui.values import PostId, PostImage
from tests.tui.control.fakes import ControlsOnFakes

IMAGE = PostImage(clean_line("a.png"), b"bytes")


async def show(*images: PostImage, fails: bool = False) -> ControlsOnFakes:
    fakes = ControlsOnFakes()
    fakes.store.images_of[PostId(1)] = images
    fakes.store.failing |= {"images"} if fails else set()
    fakes.controls.navigation.open_post(PostId(1))
    await fakes.settle()
    fakes.controls.reading.by_id()["article.images"]()
    await fakes.settle()
    assert fakes.screen.layout.pane is Pane.ARTICLE
    return fakes


async def test_the_images_of_the_post_are_shown() -> None:
    fakes = await show(IMAGE)
    assert fakes.screen.services.images == (IMAGE,)


async def test_a_post_without_images_says_so() -> None:
    fakes = await show()
    assert fakes.screen.services.images == ()
    assert fakes.screen.status.message == "This article has no images of its own site"


async def test_what_cannot_be_read_is_reported() -> None:
    fakes = await show(IMAGE, fails=True)
    assert fakes.screen.services.notified == ["The index cannot be used (images)."]


async def test_without_the_extra_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "newsreader.tui.control.reading.images.find_spec", lambda name: sys.modules.get(f"no{name}")
    )
    fakes = await show(IMAGE)
    assert fakes.screen.services.images == ()
    assert "pip install 'newsreader-tui[images]'" in fakes.screen.status.message
