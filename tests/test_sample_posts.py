"""The library that ships with the program: what it holds, and that all of it reads well."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from newsreader.article.document import (
    Block,
    CodeBlock,
    Document,
    Emphasis,
    Figure,
    Heading,
    List,
    Paragraph,
    Quote,
    Rule,
    Table,
)
from newsreader.article.facts import headings, links, plain_text
from newsreader.article.parse.parse_article import parse_article
from newsreader.posts.model import Post, Site
from newsreader.posts.parse_post import parse_post
from newsreader.posts.site import parse_site

ROOT = Path(__file__).resolve().parent.parent / "sample_posts"
FILES = sorted((ROOT / "_posts").iterdir())
NAMES = [path.name for path in FILES]

LIFT = "2026-02-25-202602252289159216.md"
PORT = "2026-03-12-202603122302216640.md"
UMBRELLA = "2026-03-29-202603292314427805.md"
LIBRARY = "2026-04-03-202604032318840527.md"
TIDE = "2026-04-18-a-tide-clock-in-twenty-lines.md"
BREAD = "2026-05-05-the-bakery-that-sells-tomorrows-bread.md"
SHELLS = "2026-05-21-202605212377401935.md"
CLOCKS = "2026-06-02-the-island-that-moved-its-clocks.md"
PRICES = "2026-07-08-202607082431175529.md"
LIGHTHOUSE = "2026-07-20-202607202448826610.md"
TREE = "2026-08-02-202608022461120948.md"
FERRY = "2026-08-23-202608232490017734.md"
FLASH = "2026-09-12-202609122514406183.md"
TOFU = "2026-09-12-202609122514471090.md"
RAILWAY = "2026-09-12-a-railway-for-one-suitcase.md"
START = "2026-10-18-start-here.md"
UNDATED = "a-letter-without-a-date.md"


@cache
def the_site() -> Site:
    return parse_site((ROOT / "_config.yml").read_bytes())


@cache
def the_post(name: str) -> Post:
    return parse_post((ROOT / "_posts" / name).read_bytes(), f"_posts/{name}", the_site())


@cache
def the_article(name: str) -> Document:
    return parse_article(the_post(name), the_site())


def every_block(blocks: tuple[Block, ...]) -> list[Block]:
    found: list[Block] = []
    waiting = list(reversed(blocks))
    while waiting:
        block = waiting.pop()
        found.append(block)
        match block:
            case Quote(blocks=inner):
                waiting.extend(reversed(inner))
            case List(items=items):
                waiting.extend(part for item in reversed(items) for part in reversed(item.blocks))
            case Heading() | Paragraph() | CodeBlock() | Table() | Figure() | Rule():
                pass
    return found


def blocks_of(name: str) -> list[Block]:
    return every_block(the_article(name).blocks)


def heading_texts(name: str) -> list[str]:
    found = headings(the_article(name))
    return ["".join(span.text for span in heading.spans) for heading in found]


def without_code(document: Document) -> str:
    """The plain text of all blocks but code, and of all spans but code."""
    blocks = tuple(block for block in document.blocks if not isinstance(block, CodeBlock))
    text: str = plain_text(Document(blocks))
    for block in every_block(document.blocks):
        if isinstance(block, CodeBlock):
            text = text.replace(block.text, "")
    return text


def test_the_site_has_a_title_a_zone_and_an_address_of_its_own() -> None:
    site = the_site()
    assert site.title == "纸鸢小报 · The Paper Kite"
    assert str(site.timezone) == "Asia/Shanghai"
    assert site.url == "https://example.org"
    assert site.problem is None


def test_there_are_enough_posts_for_a_first_morning() -> None:
    assert len(FILES) >= 16
    assert all(path.suffix == ".md" for path in FILES)


@pytest.mark.parametrize("name", NAMES)
def test_a_post_parses_without_a_problem(name: str) -> None:
    post = the_post(name)
    assert post.problem is None
    assert post.published
    assert post.title.strip()
    assert not post.title.startswith(('"', "'"))
    assert the_article(name).cut is None
    assert plain_text(the_article(name)).strip()


def test_exactly_one_post_is_undated() -> None:
    assert [name for name in NAMES if the_post(name).date is None] == [UNDATED]


def test_dates_stand_in_the_file_names_and_spread_over_months() -> None:
    dates = {name: the_post(name).date for name in NAMES if name != UNDATED}
    for name, date in dates.items():
        assert date is not None
        assert name.startswith(date.strftime("%Y-%m-%d-"))
        assert date.utcoffset() is not None
        assert the_post(name).has_time
    assert len({date.month for date in dates.values() if date}) >= 6
    days = Counter(date.date() for date in dates.values() if date)
    assert max(days.values()) >= 3
    assert len(set(dates.values())) == len(dates), "every time is its own, so the order is certain"


def test_the_newest_post_is_the_one_to_start_with() -> None:
    dated = {name: date for name in NAMES if (date := the_post(name).date) is not None}
    assert max(dated, key=lambda name: dated[name]) == START
    assert the_post(START).title == "从这里开始 / Start here"


def test_a_category_shows_the_one_tag_of_its_posts_and_one_shows_its_own_name() -> None:
    by_category: dict[str, list[tuple[str, ...]]] = {}
    for name in NAMES:
        (category,) = the_post(name).categories
        by_category.setdefault(category, []).append(the_post(name).tags)
    assert set(by_category) == {"keji", "caijing", "shenghuo", "World"}
    assert set(by_category["keji"]) == {("科技",)}
    assert set(by_category["caijing"]) == {("财经",)}
    assert set(by_category["shenghuo"]) == {("生活",)}
    topics = Counter(tag for tags in by_category["World"] for tag in tags)
    assert len(topics) >= 4
    assert max(topics.values()) > 1
    assert all(len(posts) >= 4 for posts in by_category.values())


def test_titles_are_chinese_english_and_japanese() -> None:
    kana = re.compile("[\u3041-\u30ff]")
    han = re.compile("[\u4e00-\u9fff]")
    titles = [the_post(name).title for name in NAMES]
    japanese = [title for title in titles if kana.search(title)]
    chinese = [title for title in titles if han.search(title) and title not in japanese]
    english = [title for title in titles if title.isascii()]
    assert len(japanese) >= 2
    assert len(chinese) >= 10
    assert len(english) >= 4
    assert the_post(LIGHTHOUSE).lang == "ja"


def test_the_title_with_quotes_in_its_quotes_comes_out_as_it_was_meant() -> None:
    assert the_post(LIBRARY).title == '馆长只说了一个字："好"，机器人就上岗了'


def test_section_headings_are_found_and_pairs_of_lines_are_one_heading() -> None:
    assert heading_texts(LIFT) == [
        "把耳朵留在井道里\n四十只拾音器怎样学会辨音",
        "第一个被听出来的故障\n一声谁也没留意的“嗒”",
        "账怎么算\n省下来的不只是钱",
    ]
    assert heading_texts(UMBRELLA) == ["修一次，写一行", "值不值得？"]
    assert heading_texts(TIDE) == [
        "One number",
        "The same thing for a motor",
        "What it cannot know",
    ]
    assert len(heading_texts(FERRY)) == 8
    assert heading_texts(FLASH) == []


def test_lengths_run_from_a_flash_to_a_long_read() -> None:
    lengths = {name: len("".join(plain_text(the_article(name)).split())) for name in NAMES}
    assert lengths[FERRY] > 3000
    assert min(lengths, key=lambda name: lengths[name]) == FLASH
    assert lengths[FLASH] < 200


@pytest.mark.parametrize("name", NAMES)
def test_no_markers_are_left_over_in_the_text(name: str) -> None:
    text = without_code(the_article(name))
    for marker in ("**", "~~", "](", "][", "{%", "{:", "&nbsp;", "&ldquo;", "[^", "<p", "</"):
        assert marker not in text
    assert "<>" not in text
    assert not re.search(r"^\s*(#|>|\|)", text, re.MULTILINE)


@pytest.mark.parametrize("name", NAMES)
def test_addresses_are_those_kept_for_examples(name: str) -> None:
    raw = (ROOT / "_posts" / name).read_text(encoding="utf-8")
    hosts = re.findall(r"//([A-Za-z0-9.-]+\.[A-Za-z]{2,})", raw)
    assert all(re.fullmatch(r"(?:[a-z]+\.)?example\.(?:org|com|net)", host) for host in hosts)
    assert not re.search(r"\bwww\.(?!example\.)|[\w.]+@[\w.]+\.\w", raw)
    for _, address in links(the_article(name)):
        assert re.match(r"#|https?://(?:[a-z]+\.)?example\.(?:org|com|net)(?:/|$)", address)


def test_a_source_line_is_the_posts_own_link() -> None:
    address = "http://www.example.com/html_News/NewsShare.html?infoCode=NW202602252289160016"
    assert the_article(LIFT).source_link == address
    assert the_article(UNDATED).source_link == ""


def test_stock_links_are_plain_names_and_the_chart_has_its_caption() -> None:
    text = plain_text(the_article(PORT))
    assert "收盘后，澄沙港务公布了" in text
    assert "柴油的南篱油品在" in text
    assert not any("quote." in address for _, address in links(the_article(PORT)))
    (figure,) = (block for block in blocks_of(PORT) if isinstance(block, Figure))
    assert "".join(span.text for span in figure.caption) == "澄沙港务近一年走势"


def test_hidden_words_stay_hidden_and_entities_are_what_they_stand_for() -> None:
    text = plain_text(the_article(UMBRELLA))
    assert "摘要供检索用" not in text
    assert "版面" not in text
    assert "招牌上写着“修伞”" in text
    assert "修理费 > 新伞价钱的一半" in text


def test_a_digest_that_is_the_first_paragraph_is_shown_once() -> None:
    raw = the_post(LIBRARY).body
    assert raw.count("名字叫“阿归”") == 2
    assert plain_text(the_article(LIBRARY)).count("名字叫“阿归”") == 1


def test_powers_and_formulas_are_written_small() -> None:
    text = plain_text(the_article(SHELLS))
    assert "4×10⁵颗" in text
    assert "Ca(HCO₃)₂" in text


def test_the_price_table_has_cells_that_span() -> None:
    (table,) = (block for block in blocks_of(PRICES) if isinstance(block, Table))
    cells = [cell for row in table.rows for cell in row]
    assert max(cell.colspan for cell in cells) == 2
    assert max(cell.rowspan for cell in cells) == 2
    assert len(table.rows) == 7
    assert "".join(span.text for span in table.caption) == "每斤的价钱，单位：元；涨跌取最大的一天"


def test_code_keeps_its_language_in_fences_and_in_liquid() -> None:
    code = [block for block in blocks_of(TIDE) if isinstance(block, CodeBlock)]
    assert [block.language for block in code] == ["python", "c", "python"]
    assert code[1].text.endswith("}")
    assert "    return HIGH + (passed + 1) * TIDE\n" in code[0].text


def test_the_program_that_a_post_prints_does_what_the_post_says() -> None:
    (program, *_) = (block.text for block in blocks_of(TIDE) if isinstance(block, CodeBlock))
    names: dict[str, object] = {"__name__": "tide"}
    exec(compile(program, TIDE, "exec"), names)  # a post of our own, shipped with the program
    expression = "next_high(HIGH) - HIGH, hand(HIGH + TIDE / 4), hand(HIGH + TIDE)"
    period, quarter, whole = eval(expression, names)
    assert period == names["TIDE"]
    assert (quarter, whole) == (90.0, 0.0)


def test_lists_nest_count_on_and_define() -> None:
    lists = [block for block in blocks_of(TOFU) if isinstance(block, List)]
    assert {found.kind for found in lists} == {"bullet", "number", "definition"}
    assert 4 in {found.start for found in lists if found.kind == "number"}
    defined = next(found for found in lists if found.kind == "definition")
    assert ["".join(span.text for span in item.term) for item in defined.items] == [
        "假沸",
        "半圈",
        "让一让",
    ]
    assert len([block for block in blocks_of(CLOCKS) if isinstance(block, List)]) >= 4


def test_tables_quotes_footnotes_and_reference_links_of_markdown_are_there() -> None:
    assert any(isinstance(block, Table) for block in blocks_of(BREAD))
    quotes = [block for block in blocks_of(BREAD) if isinstance(block, Quote)]
    assert len(quotes) == 2, "a quote in a quote"
    addresses = dict(links(the_article(BREAD)))
    assert addresses["a notice"] == "https://example.org/hobb/notice"
    assert addresses["tomorrow’s loaf"] == "https://example.org/hobb/cards"
    assert "She is the daughter of one." in plain_text(the_article(CLOCKS))


def test_what_is_bold_and_what_is_struck_out_is_exactly_that() -> None:
    spans = [
        span
        for name in (TOFU, BREAD)
        for block in blocks_of(name)
        if isinstance(block, Paragraph)
        for span in block.spans
    ]
    bold = {span.text for span in spans if Emphasis.BOLD in span.emphasis}
    struck = {span.text for span in spans if Emphasis.STRIKE in span.emphasis}
    assert bold == {"冷的", "“还没熟”", "one day only"}
    assert struck == {"花生碎", "£900"}


def test_readings_stand_behind_the_characters_they_belong_to() -> None:
    assert "灯台(とうだい)" in plain_text(the_article(LIGHTHOUSE))


def test_moving_pictures_and_frames_are_named_with_their_address() -> None:
    kinds = {
        block.kind
        for name in (UMBRELLA, TREE, LIGHTHOUSE)
        for block in blocks_of(name)
        if isinstance(block, Figure)
    }
    assert {"frame", "video", "image"} <= kinds


def test_start_here_names_the_keys_and_the_command() -> None:
    text = plain_text(the_article(START))
    for word in ("Enter", "newsreader ~/news", "newsreader FOLDER", "sources:"):
        assert word in text
    (table,) = (block for block in blocks_of(START) if isinstance(block, Table))
    assert len(table.rows) == 15


def test_a_railway_is_read_from_its_html() -> None:
    text = plain_text(the_article(RAILWAY))
    assert "23 kg" in text.replace("\u00a0", " ")
    assert len([block for block in blocks_of(RAILWAY) if isinstance(block, List)]) == 2
