"""Dashes, dots and quotation marks, by a table."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsreader.article.parse.kramdown.typography import set_type
from newsreader.article.parse.parse_article import parse_body
from tests.article.dump import dump

TABLE = [
    ("a -- b --- c...d .... ----- --x", "a – b — c…d …. —– –x"),
    ("<<guillemets>> << x >> \\<<no\\>> a >> b", "«guillemets» « x » <<no>> a » b"),
    ("\\-- \\... \\\"a\\\" \\'", "-- ... \"a\" '"),
    ("`--` <a title='--'>x</a> <http://h/a--b>", "⟦--|c⟧ x ⟦http://h/a--b|>http://h/a--b⟧"),
    ("[a--b](http://h/a--b)。", "⟦a–b|>http://h/a--b⟧。"),
    ("\"a\" 'b' it's the '80s rock 'n' roll", "“a” ‘b’ it’s the ’80s rock ‘n’ roll"),
    ("say \"*em*\" and \"**b**\"", "say “⟦em|i⟧” and “⟦b|b⟧”"),
    ("\"'a' b\" and '\"c\" d'", "“‘a’ b” and ‘“c” d’"),
    ("(\"a\") [\"b\"] -\"c\" --\"d\" ...\"e\"", "(“a”) [“b”] -“c” –“d” …“e”"),
    ("\"`c`\" *\"x\"*y \"[l](http://h/)\"", "”⟦c|c⟧” ⟦“x”|i⟧y “⟦l|>http://h/⟧”"),
    ("a\n\"b\" c\n'd'", "a “b” c ‘d’"),
    ("5'10\" x\"y", "5’10” x”y"),
    # kramdown knows no letters but ASCII's: inside Chinese text a mark always closes.
    ("他说\"好\"了", "他说”好”了"),
    ("{{ \"--\" }}--", "⟦…|d⟧–"),
    ("*a*{: title=\"a--b\"} \"c\"", "⟦a|i⟧ “c”"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "spans"), TABLE)
def test_prose_is_set_as_kramdown_sets_it(text: str, spans: str) -> None:
    assert dump(parse_body(text)) == f"p {spans}\n"


@pytest.mark.parametrize("text", ['    "a" -- b...', '```\n"a" -- b...\n```'])
def test_code_stays_as_it_is(text: str) -> None:
    assert dump(parse_body(text)) == 'code\n  |"a" -- b...\n'


def test_html_stays_as_it_is() -> None:
    assert dump(parse_body('<p>"a" -- b...</p>')) == 'p "a" -- b...\n'


PROSE = st.text(st.sampled_from("ab中 \n\"'-.<>{:%}[(s1"), max_size=20)
PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "--", "—": "---", "…": "...",
                       "«": "<<", "»": ">>", "\xa0": " "})  # fmt: skip


@example("'", "", "'1")
@given(PROSE, st.sampled_from(["", "\n"]), PROSE)
def test_no_character_is_lost(text: str, before: str, after: str) -> None:
    assert set_type(text, before, after).translate(PLAIN) == text
