"""The corpus check finds what is wrong, and does not fall over anything."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.segment import Segment

from benchmarks.corpus import check_lines, check_post, compare, find_posts, main
from benchmarks.corpus_report import Finding, report
from benchmarks.reference_text import read_reference, squeeze
from newsreader.article.document import Document, Paragraph
from newsreader.article.parse.parse_article import parse_body
from newsreader.article.render.placed import Layout
from tests.article.values import make_code, make_span

# (rule, body, visible characters, what rules took out)
REFERENCES = [
    ("15", "甲\n\n<>\n", "甲", {"15": 2}),
    ("16", "> *ST甲*\n\n<p>3*4*5</p>", "*ST甲*3*4*5", {}),
    ("17", "> 甲乙…\n\n<p>甲乙丙</p>", "甲乙丙", {"17": 3}),
    ("17", "<h1>标 题</h1>甲", "甲", {"17": 2}),
    ("21", "<p hidden>x</p><b class='a sr-only'>y</b>甲", "甲", {"21": 2}),
    ("21", "<i style='color:red; Display: none'>x</i>甲", "甲", {"21": 1}),
    ("22", "<script>x</script><form>ab</form><button>c</button>甲", "甲", {"22": 3}),
    ("23", "![灯塔](/a)![DSC.jpg](/b)<img src=c alt=x width=1>", "灯塔", {"23": 8}),
    ("29", "<table><tr><td class=gutter>1<td>x</table>", "x", {"29": 1}),
    ("32", "# 题 {#id}\n\n甲\n{: .c}\n\n^\n\n*[A]: B", "题甲", {"32": 17}),
    ("32", "`{:k=>1}` $$x^2$$", "{:k=>1}x^2", {}),
    ("33", "a {{ b }} {% c %} `{{ d }}` <{{ e }}>", "a…{{d}}…", {"33": 17}),
    ("33", "{% highlight a %}\nb <i>\n{% endhighlight %}", "b<i>", {}),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "body", "text", "taken"), REFERENCES)
def test_the_reference_is_what_the_rules_leave(
    rule: str, body: str, text: str, taken: dict[str, int]
) -> None:
    reference = read_reference(body, "标题")
    assert reference.text == text
    assert reference.taken == taken


def check(document: Document, body: str, *widths: int) -> Finding:
    finding = Finding("a.md")
    compare(document, read_reference(body), finding)
    for width in widths:
        check_lines(document, width, finding)
    return finding


def test_a_document_that_holds_all_of_its_body_has_no_faults() -> None:
    body = "# 题\n\n甲**乙**`c`\n\n- 一\n- 二\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    finding = check(parse_body(body), body, 40)
    assert finding.faults == 0
    assert finding.same_order
    assert finding.visible == 10


def test_characters_that_come_or_go_are_counted() -> None:
    finding = check(Document((Paragraph((make_span("甲丁丁"),)),)), "甲乙丙")
    assert finding.lost == Counter("乙丙")
    assert finding.gained == Counter("丁丁")
    assert finding.faults == 4


def test_what_stands_elsewhere_is_no_loss_but_is_seen() -> None:
    body = "<p class=em_media>来源</p><p>甲</p>"
    finding = check(parse_body(body), body)
    assert finding.faults == 0
    assert not finding.same_order


def test_marks_that_a_rule_makes_are_counted_under_it() -> None:
    body = "<p>x<sup>ab</sup><sub>cd</sub>甲<sup><a href='//h/'>1</a></sup></p>"
    finding = check(parse_body(body), body)
    assert finding.faults == 0
    assert finding.ruled == {"26": 4}


def test_markers_that_the_source_shows_as_well_are_not_stray() -> None:
    body = "<p>a ** b &amp;nbsp;</p>"
    assert check(parse_body(body), body).markers.total() == 0
    stray = Document((Paragraph((make_span("**甲** [乙](u) {: .c}"),)), make_code("{% x %} **")))
    found = check(stray, "甲乙").markers
    assert +found == {"**": 2, "](": 1, "{:": 1}


def laid(*lines: str) -> Layout:
    segments = tuple((Segment(line),) for line in lines)
    return Layout(6, segments, tuple(0 for _ in lines), (), ())


@pytest.mark.parametrize(
    ("lines", "edges"),
    [
        (("，甲", "乙，丙", "丁“"), 0),
        (("，甲乙", "，丙丁“"), 1),
        (("▎ ，甲乙", "▎ ，丙丁“"), 1),
        (("1. ，甲", "   乙，丙", "   丁“"), 0),
        (("，甲   （", "乙，丙  丁“"), 1),
    ],
)
def test_lines_that_break_rule_34_are_counted_but_where_a_text_is_so(
    lines: tuple[str, ...], edges: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benchmarks.corpus.layout", lambda *_: laid(*lines))
    finding = check(Document((Paragraph((make_span("，甲乙，丙丁“"),)),)), "甲", 20)
    assert finding.edges.total() == edges
    assert bool(finding.edge) == bool(edges)


def test_lines_of_code_may_begin_and_end_as_they_like() -> None:
    assert check(Document((make_code("甲乙丙丁（，，，，，"),)), "甲", 6).edges == {}


def test_lines_over_the_width_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.corpus.layout", lambda *_: laid("甲乙丙丁戊己", "甲"))
    finding = check(Document((Paragraph((make_span("甲乙丙丁戊己甲"),)),)), "甲", 10, 12)
    assert finding.wide == {10: 1}


HOSTILE = [
    b"", b"---\n", b"\x00\xff\xfe", b"---\ntitle: [\n---\n<p", b"<div>" * 5_000, b"{%" * 5_000,
    b"*" * 5_000, b"> " * 5_000, b"| a " * 2_000, b"---\ndate: x\n---\n" + "（".encode() * 3_000,
]  # fmt: skip


@pytest.mark.parametrize("raw", HOSTILE, ids=range(len(HOSTILE)))
def test_no_file_stops_the_check(raw: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(raw)
    finding = check_post(path, (40,))
    assert not finding.problem
    assert not finding.wide


def test_a_file_that_cannot_be_read_is_reported(tmp_path: Path) -> None:
    finding = check_post(tmp_path / "none.md")
    assert finding.problem.startswith("cannot be read")
    assert "1 not checked" in next(iter(report([finding], (40,), 1)))


@pytest.mark.long
@settings(max_examples=200)
@given(st.text(alphabet="<>pbi/ *_`[]()!{}%:#-|\n甲，“ax&;=\"'$^~\\", max_size=80))
def test_the_reference_reads_any_body(body: str) -> None:
    assert squeeze(read_reference(body).text) == read_reference(body).text


def test_posts_are_found_by_folder_or_front_matter(tmp_path: Path) -> None:
    (tmp_path / "_posts").mkdir()
    for name, text in (
        ("_posts/a.md", "a"),
        ("b.html", "---\n---\nb"),
        ("c.md", "c"),
        ("d.txt", ""),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert [path.name for path in find_posts(tmp_path)] == ["a.md", "b.html"]
    assert list(find_posts(tmp_path / "c.md")) == [tmp_path / "c.md"]


def test_the_command_names_the_worst_and_the_slowest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "_posts"
    folder.mkdir()
    (tmp_path / "_config.yml").write_text("url: https://s.example\n", encoding="utf-8")
    for number in range(3):
        text = f"---\ntitle: {number}\n---\n<p>甲，乙。</p>\n"
        (folder / f"2026-01-0{number + 1}-a.md").write_text(text, encoding="utf-8")
    monkeypatch.setattr(
        sys, "argv", ["corpus", str(tmp_path), "--width", "40", "--worst", "1", "--limit", "2"]
    )
    main()
    said = capsys.readouterr().out
    assert "2 posts, 8 visible characters; 0 not checked" in said
    assert "equal to the reference, character by character: 2 posts" in said
    assert "40 columns: 0 lines too wide, 0 that break rule 34" in said
    assert said.count("_posts") == 1
