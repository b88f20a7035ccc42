"""Images that stand for a character."""

from __future__ import annotations

import pytest

from newsreader.article.parse.elements.emoji import emoji_text


@pytest.mark.parametrize(
    ("attributes", "text"),
    [
        ({"alt": "😀"}, "😀"),
        ({"alt": "👨‍👩‍👧", "class": "x"}, "👨‍👩‍👧"),
        ({"alt": "🇨🇳"}, "🇨🇳"),
        ({"alt": ":smile:"}, "😄"),
        ({"alt": "[微笑]"}, "[微笑]"),
        ({"alt": "[1]"}, ""),
        ({"alt": ":grinning_face:", "class": "emoji"}, "😀"),
        ({"alt": ":x1:", "class": "emoji", "src": "/72x72/1f468-200d-1f4bb.png"}, "👨‍💻"),
        ({"alt": ":-)", "class": "wp-smiley"}, ":-)"),
        ({"alt": "微笑", "class": "smilie"}, "微笑"),
        ({"alt": "一张照片"}, ""),
        ({"alt": "12"}, ""),
        ({"alt": "", "src": "/1f600.png"}, ""),
        ({"alt": "很长的说明" * 9, "class": "face"}, ""),
    ],
)
def test_an_image_that_means_a_character_is_it(attributes: dict[str, str], text: str) -> None:
    assert emoji_text(attributes) == text
