"""Fuzz what reads other people's text, led by what the code covers: `python -m tests.long.fuzz`.

Bytes alone find next to nothing: an article of random bytes is a paragraph. So libFuzzer's
bytes are read as choices (this tag or that one, nested or beside, of which type a value is), and
what they make looks like what people and generators write. What a target holds is said in it; the
first failure ends the run, prints what was made, and leaves a file that brings it back.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol, TypeAlias, TypeVar

from tests.hostile.constructs import LANGUAGES, LINES, MARKDOWN, TAGS

_Value = TypeVar("_Value")
Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

LONGEST: Final = 4_096
"""Bytes of choices: a few hundred pieces of an article."""
PATIENCE_SECONDS: Final = 20
"""What one input may take before it counts as a failure: a busy machine never takes as much."""


class Choices(Protocol):
    """Atheris's `FuzzedDataProvider`, as far as it is used here."""

    def ConsumeIntInRange(self, low: int, high: int) -> int: ...  # noqa: N802 - Atheris's name
    def ConsumeUnicode(self, count: int) -> str: ...  # noqa: N802 - Atheris's name
    def ConsumeBytes(self, count: int) -> bytes: ...  # noqa: N802 - Atheris's name
    def remaining_bytes(self) -> int: ...


def pick(choices: Choices, values: tuple[_Value, ...]) -> _Value:
    return values[choices.ConsumeIntInRange(0, len(values) - 1)]


WORDS: Final = (
    *MARKDOWN.replace("\n", "").split("|"),
    *(
        "中文，“好”。",
        "a",
        " ",
        "\n",
        "\n\n",
        "&#27;[31m",
        "&#0;",
        "&#xD800;",
        "&lt;b&gt;",
        "\x1b]52;c;YQ==\x07",
    ),
    *(
        "\u202e",
        "\u3164",
        "x\u200b",
        "👩\u200d🚀",
        "e" + "\u0301" * 20,
        "\ud800",
        "http://h/?a=b",
        "a" * 80,
    ),
)
ATTRIBUTES: Final = (
    *(
        "",
        " id=a",
        " class='b sr-only'",
        ' href="javascript:a"',
        " href=//h/\n",
        ' href="http://["',
    ),
    *(
        " src=//h/i.png alt=图",
        ' src="a b" width=9e9',
        " srcset='a 1x, b 2x'",
        " colspan=99 rowspan=999",
    ),
    *(
        " colspan=-1",
        " start=99999999999999999999",
        " markdown=1",
        " style='display:none'",
        ' a="',
        " hidden",
    ),
    *(" align=right", " data-src=/a.png", " cite=a", " lang=zh", " title='&quot;&#10;'"),
)
BLOCKS: Final = (*LINES.strip("\n").split("|"), "|a|b|\n|-|-|\n|c|", "{::nomarkdown}", "[^1]: a")
LIQUID: Final = ("highlight", "raw", "comment", "if", "quote", "include", "youtube", "for", "img")


def article_text(choices: Choices, depth: int = 6) -> str:
    """Tags, attributes, entities, Markdown, kramdown and Liquid, nested as the choices say."""
    parts: list[str] = []
    for _ in range(choices.ConsumeIntInRange(1, 6)):
        if not choices.remaining_bytes():
            break
        kind = choices.ConsumeIntInRange(0, 9)
        inside = article_text(choices, depth - 1) if depth and kind > 3 else pick(choices, WORDS)
        match kind:
            case 0:
                parts.append(choices.ConsumeUnicode(choices.ConsumeIntInRange(0, 12)))
            case 1 | 2:
                parts.append(inside)
            case 3:
                parts.append(pick(choices, BLOCKS) + "\n")
            case 4 | 5:
                tag = pick(choices, TAGS)
                attributes = pick(choices, ATTRIBUTES) + pick(choices, ATTRIBUTES)
                parts.append(
                    f"<{tag}{attributes}>{inside}" + pick(choices, ("", f"</{tag}>", "</b>"))
                )
            case 6:
                mark = pick(choices, ("- ", "1. ", "> ", ": ", "    ", "# ", "* ", "|"))
                lines = inside.split("\n")
                parts.append(f"\n{mark}" + f"\n{' ' * len(mark)}".join(lines) + "\n")
            case 7:
                fence = pick(choices, ("```", "~~~", "$$"))
                end = pick(choices, ("", fence))
                parts.append(f"\n{fence}{pick(choices, LANGUAGES)}\n{inside}\n{end}\n")
            case 8:
                name = pick(choices, LIQUID)
                parts.append(
                    f"{{% {name} a %}}{inside}" + pick(choices, ("", f"{{% end{name} %}}"))
                )
            case _:
                cell = pick(choices, ("<td", "<th")) + pick(choices, ATTRIBUTES)
                parts.append(f"<table><tr>{cell}>{inside}<tr>{cell}>{pick(choices, WORDS)}</table>")
    return pick(choices, ("", "", "\n", "\n\n")).join(parts)


NAMES: Final = (
    *("title", "date", "categories", "category", "tags", "author", "layout", "published", "lang"),
    *("link", "url", "timezone", "sources", "path", "name", "theme", "searches", "query", "images"),
    *("file", "sha256", "site", "position", "offset", "context", "saved_at", "source", "site_path"),
    *(
        "mtime_ns",
        "left_out",
        "has_time",
        "note",
        "bookmarks",
        "format",
        "version",
        "config",
        "bytes",
    ),
)
VALUES: Final[tuple[Json, ...]] = (
    *(None, True, False, 0, -1, 1, 2**31, 2**63, -(2**63), 2**64, 10**30, 1e18, 1e308, 0.5),
    *(
        float("nan"),
        float("inf"),
        "",
        "a",
        "a.md",
        "../a.md",
        "/etc/passwd",
        "_posts/a.md",
        ".git/config",
    ),
    *(
        "2024-05-01",
        "2024-05-01T10:00:00+08:00",
        "9999-99-99",
        "0000-00-00",
        "\0",
        "\ud800",
        "\x1b[2J",
        "中文",
    ),
    *("Asia/Shanghai", "../../etc", "http://[", "http://h/", "newsreader bookmarks", "ff", "FFFE"),
)


def json_value(choices: Choices, depth: int = 4) -> Json:
    """Any value, of any type, with the names that manifests, configs and posts have."""
    match choices.ConsumeIntInRange(0, 5) if depth and choices.remaining_bytes() else 0:
        case 4:
            return [json_value(choices, depth - 1) for _ in range(choices.ConsumeIntInRange(0, 4))]
        case 5:
            count = choices.ConsumeIntInRange(0, 5)
            return {pick(choices, NAMES): json_value(choices, depth - 1) for _ in range(count)}
        case 3:
            return choices.ConsumeUnicode(choices.ConsumeIntInRange(0, 20))
        case _:
            return pick(choices, VALUES)


def yaml_text(choices: Choices, depth: int = 4) -> str:
    """Lines as those of configs and of front matter; some of them are no YAML."""
    lines: list[str] = []
    for _ in range(choices.ConsumeIntInRange(0, 8)):
        if not choices.remaining_bytes():
            break
        name = pick(choices, (*NAMES, "? a", "'", "&a b", "<<", "- a", "!!python/object:os.system"))
        match choices.ConsumeIntInRange(0, 5):
            case 0 if depth:
                inner = yaml_text(choices, depth - 1).replace("\n", "\n  ")
                lines.append(f"{name}:\n  {inner}")
            case 1 if depth:
                inner = yaml_text(choices, depth - 1).replace("\n", "\n    ")
                lines.append(f"{name}:\n  - {inner}")
            case 2:
                lines.append(f"{name}: {json.dumps(json_value(choices, 2), ensure_ascii=False)}")
            case 3:
                value = pick(
                    choices,
                    ("*a", "&a [*a]", "|", ">-", "'a", '"\\x', "[a", "{a: b", "!!int x", "%"),
                )
                lines.append(f"{name}: {value}")
            case 4:
                lines.append(choices.ConsumeUnicode(choices.ConsumeIntInRange(0, 20)))
            case _:
                lines.append(f"{name}: {pick(choices, WORDS)}")
    return "\n".join(lines)


Check: TypeAlias = Callable[[Choices], None]


def article() -> Check:
    """No body raises; every layout keeps to its column and is clean; every export works."""
    from tests.hostile.test_articles import check_exports, check_layout

    def check(choices: Choices) -> None:
        width, body = choices.ConsumeIntInRange(2, 90), article_text(choices)
        tell(body)
        check_layout(body, width)
        check_exports(body)

    return check


def manifest() -> Check:
    """A manifest is read or refused; what is read stays below its folder, and is clean."""
    from pathlib import PurePosixPath

    from newsreader.store import StoreError
    from newsreader.store.db.stored_path import from_stored
    from newsreader.store.transfer.manifest import ManifestEntry, manifest_text, read_manifest
    from newsreader.text import clean_line, clean_text

    def check(choices: Choices) -> None:
        whole: dict[str, Json] = {
            "format": "newsreader bookmarks",
            "version": 1,
            "config": "",
            "bookmarks": [damaged_entry(choices) for _ in range(choices.ConsumeIntInRange(1, 3))],
        }
        if not choices.ConsumeIntInRange(0, 9):
            whole[pick(choices, ("format", "version", "config", "bookmarks"))] = json_value(choices)
        text = json.dumps(whole)
        tell(text)
        try:
            entries, config = read_manifest(text, "a")
        except StoreError:
            return
        read = [each for each in entries if isinstance(each, ManifestEntry)]
        for entry in read:
            bookmark, post = entry.bookmark, entry.bookmark.post
            for path in (post.path, post.site_path, *(file.path for file in post.files)):
                inner = PurePosixPath(from_stored(path))
                assert not inner.is_absolute()
                assert ".." not in inner.parts
            for line in (post.title, post.site_title, *post.categories, *post.tags, *post.left_out):
                assert line == clean_line(line)
            assert bookmark.note == clean_text(bookmark.note)
        again, _ = read_manifest(manifest_text(read, config, "key"), "a", "key")
        assert again == read

    return check


def damaged_entry(choices: Choices) -> Json:
    """An entry of a manifest of which some values are others."""
    image: dict[str, Json] = {"path": "a.png", "file": "a.png", "sha256": ""}
    site: dict[str, Json] = {"title": "", "url": "", "timezone": ""}
    entry: dict[str, Json] = {
        "file": "_posts/a.md",
        "sha256": "",
        "title": "a",
        "date": None,
        "has_time": False,
        "categories": [],
        "tags": [],
        "saved_at": 1.0,
        "note": "",
        "position": None,
        "source": "/a",
        "path": "_posts/a.md",
        "site_path": "_posts/a.md",
        "mtime_ns": 1,
        "left_out": [],
        "site": site,
        "images": [image],
    }
    for _ in range(choices.ConsumeIntInRange(0, 4)):
        part = pick(choices, (entry, entry, entry, site, image))
        part[pick(choices, tuple(part))] = json_value(choices)
    return entry


def config() -> Check:
    """Any config is read; what is wrong in it is told in at most so many clean lines."""
    from newsreader.config.read_config import parse_config
    from newsreader.messages import describe
    from newsreader.text import clean_text

    def check(choices: Choices) -> None:
        raw = yaml_text(choices).encode("utf-8", "surrogatepass")
        raw += choices.ConsumeBytes(choices.ConsumeIntInRange(0, 8))
        tell(raw)
        for problem in parse_config(raw, Path("/a/config.yaml")).problems:
            assert describe(problem) == clean_text(describe(problem))

    return check


QUERY_WORDS: Final = (
    *(
        "title:",
        "body:",
        "tag:",
        "category:",
        "date:",
        "is:",
        "in:",
        "site:",
        "-",
        "(",
        ")",
        "OR",
        "|",
    ),
    *(
        " ",
        " ",
        '"',
        "“",
        "”",
        "*",
        "中文",
        "宣佈",
        "a",
        "2024",
        "2024-05",
        "2024-99-99",
        "today",
        "2w",
        "..",
    ),
    *(
        "9999999w",
        "unread",
        "bookmarked",
        "、",
        "\0",
        "\ud800",
        "a*",
        "NOT",
        "AND",
        "after:",
        "before:",
        "0d",
    ),
)


def query() -> Check:
    """A query is understood or refused with a place that lies in it."""
    from newsreader.search.model import QueryError
    from newsreader.search.parse_query import parse_query

    def check(choices: Choices) -> None:
        text = ""
        while choices.remaining_bytes():
            if choices.ConsumeIntInRange(0, 15):
                text += pick(choices, QUERY_WORDS)
            else:
                text += choices.ConsumeUnicode(choices.ConsumeIntInRange(0, 10))
        tell(text)
        start, end = 0, 0
        start, end = 0, 0
        try:
            parse_query(text, datetime(2024, 5, 1))  # noqa: DTZ001 - the user's own day
        except QueryError as error:
            start, end = error.start, error.end
        assert 0 <= start <= end <= len(text)

    return check


def front_matter() -> Check:
    """Any file is a post, with clean facts."""
    from newsreader.posts.parse_post import parse_post
    from newsreader.text import clean_line

    def check(choices: Choices) -> None:
        front = yaml_text(choices).encode("utf-8", "surrogatepass")
        end = pick(choices, (b"\n---\n", b"\r\n---\r\n", b"\n...\n", b"", b"\n--- a\n"))
        start = pick(
            choices, (b"---\n", b"\xef\xbb\xbf---\r\n", b"--- \n", b"----\n", b"\xff\xfe-\0")
        )
        raw = start + front + end + choices.ConsumeBytes(choices.ConsumeIntInRange(0, 20))
        path = pick(choices, ("2024-05-01-a.md", "_posts/0000-00-00-.md", "a/b/_posts/x.html", "a"))
        tell(raw)
        post = parse_post(raw, path)
        for line in (post.title, *post.categories, *post.tags):
            assert line == clean_line(line)

    return check


TARGETS: Final[dict[str, Callable[[], Check]]] = {
    "article": article,
    "manifest": manifest,
    "config": config,
    "query": query,
    "front-matter": front_matter,
}

_told: list[str | bytes] = []


def tell(made: str | bytes) -> None:
    """Remember what was made of the bytes, to print it if the check of it fails."""
    _told[:] = [made]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--seed", type=int, default=0, help="0 for a random one")
    parser.add_argument(
        "--corpus", type=Path, help="a folder of inputs, which new ones are added to"
    )
    parser.add_argument("--replay", type=Path, help="the file that a failure left")
    options = parser.parse_args()
    try:
        import atheris
    except ImportError:
        sys.exit("Atheris is needed, and not a part of the extra `dev`: pip install atheris")
    with atheris.instrument_imports(include=["newsreader"]):
        check = TARGETS[options.target]()

    def run(raw: bytes) -> None:
        try:
            check(atheris.FuzzedDataProvider(raw))
        except BaseException:
            print(f"\nmade: {ascii(_told[0]) if _told else raw!r}", file=sys.stderr)
            raise

    found = Path(tempfile.mkdtemp(prefix=f"fuzz-{options.target}-"))
    arguments = [sys.argv[0], f"-timeout={PATIENCE_SECONDS}", f"-artifact_prefix={found}/"]
    arguments += [f"-max_len={LONGEST}", "-rss_limit_mb=1500", f"-seed={options.seed}"]
    if options.replay:
        arguments.append(str(options.replay))
    else:
        corpus = options.corpus or found / "corpus"
        corpus.mkdir(parents=True, exist_ok=True)
        arguments += [f"-max_total_time={options.seconds}", "-len_control=0", str(corpus)]
    atheris.Setup(arguments, run)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
