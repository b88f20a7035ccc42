"""The list of what may be written lets no payload through, and tells what is wrong."""

from __future__ import annotations

import pytest

from tests.hostile.make_hostile import PAYLOADS
from tests.hostile.sequences import FORBIDDEN, LINES, SCREEN, read_stream

ATTACKS = {name: payload for name, payload in PAYLOADS.items() if FORBIDDEN.search(payload)}


@pytest.mark.parametrize("name", ATTACKS)
@pytest.mark.parametrize("allowed", [SCREEN, LINES, ()], ids=["screen", "lines", "nothing"])
def test_a_payload_is_found(name: str, allowed: tuple[str, ...]) -> None:
    assert read_stream(f"a{ATTACKS[name]}b".encode("utf-8", "surrogatepass"), allowed).attacks


@pytest.mark.parametrize(
    "written",
    [
        "\x1b[1;38;2;1;2;3mbold\x1b[0m",
        "\x1b]8;id=12-3;https://h.example/a?b=c%20d\x1b\\link\x1b]8;;\x1b\\",
        "\x1b]8;id=1;mailto:a@h.example\x1b\\link\x1b]8;;\x1b\\",
    ],
)
def test_styles_and_clean_links_may_be_written(written: str) -> None:
    for allowed in (SCREEN, LINES):
        assert read_stream(written.encode(), allowed).attacks == []
    assert read_stream(written.encode(), ()).attacks


@pytest.mark.parametrize(
    "written",
    [
        "\x1b]8;id=1;javascript:alert\x1b\\",
        "\x1b]8;id=1;http://h.example/图\x1b\\",
        "\x1b]8;;http://h.example/\x1b\\",
        "\x1b[41;1H",
        "\x1b[1;141H",
        "\x1b[0;0H",
        "\x1b[38;5m",
        "\x1b[?12h",
        "\x1b",
        "\x9b0m",
    ],
)
def test_what_only_looks_like_the_list_is_found(written: str) -> None:
    assert read_stream(written.encode(), SCREEN, rows=40, columns=140).attacks
