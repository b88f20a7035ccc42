"""Files of lines that only grow."""

from __future__ import annotations

from pathlib import Path

from newsreader.feeds.entry_table import LineTable, LinkTable, digest_of


def test_the_last_line_for_a_key_counts(tmp_path: Path) -> None:
    table = LineTable(tmp_path / "t")
    table.add([("a", "1"), ("b", "新")])
    table.add([("a", "2")])

    assert LineTable(tmp_path / "t").values == table.values == {"a": ("2",), "b": ("新",)}


def test_what_is_there_already_is_not_written_again(tmp_path: Path) -> None:
    table = LineTable(tmp_path / "t")
    table.add([("a", "1")])
    before = (tmp_path / "t").read_bytes()
    table.add([("a", "1")])

    assert (tmp_path / "t").read_bytes() == before


def test_a_line_that_was_cut_off_costs_no_other(tmp_path: Path) -> None:
    (tmp_path / "t").write_text('["a", "1"]\n["b", "2', encoding="utf-8")
    table = LineTable(tmp_path / "t")
    table.add([("c", "3")])

    assert LineTable(tmp_path / "t").values == {"a": ("1",), "c": ("3",)}


def test_a_table_that_is_mostly_replaced_is_cut(tmp_path: Path) -> None:
    table = LineTable(tmp_path / "t")
    for number in range(1000):
        table.add([("a", str(number))])

    assert (tmp_path / "t").read_text("utf-8").count("\n") < 300
    assert LineTable(tmp_path / "t").values == {"a": ("999",)}


def test_links_are_found_among_many(tmp_path: Path) -> None:
    LinkTable(tmp_path).add([(f"https://a.example/{n}", f"p{n}") for n in range(500)])
    table = LinkTable(tmp_path)

    assert [table.find(f"https://a.example/{n}") for n in (0, 499)] == ["p0", "p499"]
    assert table.find("https://a.example/500") == ""
    assert len(list(tmp_path.iterdir())) > 50


def test_digests_differ() -> None:
    assert len({digest_of(str(number)) for number in range(10_000)}) == 10_000
    assert digest_of("\ud800") != digest_of("")
