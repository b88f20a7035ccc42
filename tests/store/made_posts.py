"""Posts and searches made at random, and a scan that answers them without the index.

The scan knows nothing of tokens: it looks for substrings and regular expressions in texts that it
has normalised by itself.
"""

from __future__ import annotations

import random
import re
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache

from newsreader.search.tokens import BREAK, index_text
from newsreader.store import Everything, Labelled, OneSource, PostId, Query, Sort, Today, View
from newsreader.store.db.transactions import writing
from newsreader.store.index.post_ids import title_key
from newsreader.store.index.writer import FullText, IndexEntry, IndexWriter

NOW = datetime(2022, 3, 1, 12, tzinfo=UTC).astimezone().replace(tzinfo=None)
FIRST = datetime(2021, 3, 1, tzinfo=UTC)

# Traditional characters, capitals, full-width letters and accents are what is not told apart.
CJK = "中国人民银行市场新能源冬奥会科技台湾战争汉语数据"
PLAIN = dict(
    zip("國銀場會臺灣戰爭漢語數據財經ＡＢＣéÉ", "国银场会台湾战争汉语数据财经abcee", strict=True)
)
TRADITIONAL = {plain: each for each, plain in PLAIN.items() if each not in "ＡＢＣéÉ"}
LATIN = (
    "economy",
    "economic",
    "eco",
    "AI",
    "ais",
    "5G",
    "GDP",
    "gdpx",
    "Café",
    "2022",
    "x",
    "ＡＢＣ",
)
GAPS = ("，", "。", " ", "\n", "“", "、", "-", "・")
CATEGORIES = {"keji": "科技", "Finance": "財經", "c++": "", "news": "", "": ""}
NAMES = {1: ("one", "甲站"), 2: ("two",), 3: ("other",)}
"""What the sources are called; the third one is not opened."""


@dataclass(frozen=True)
class MadePost:
    """A post as the scan knows it."""

    number: int
    source: int
    title: str
    body: str
    category: str
    tags: tuple[str, ...]
    date: datetime | None
    read: bool
    bookmarked: bool
    listed: bool
    has_text: bool


def make_text(chance: random.Random, length: int) -> str:
    """Words, and sometimes something between them."""
    parts: list[str] = []
    for _ in range(length):
        kind = chance.random()
        if kind < 0.7:
            start = chance.randrange(len(CJK) - 1)
            word = CJK[start : start + chance.randint(1, 3)]
            if chance.random() < 0.1:
                word = "".join(TRADITIONAL.get(each, each) for each in word)
            parts.append(word)
        elif kind < 0.85:
            parts.append(chance.choice(LATIN))
        else:
            parts.append(chance.choice(GAPS))
    return "".join(parts)


def make_post(chance: random.Random, number: int) -> MadePost:
    """One post; some without a date, without their text, of today, or gone from their folder."""
    category = chance.choice(list(CATEGORIES))
    shown = CATEGORIES[category]
    tags = (shown,) if shown else tuple(chance.sample(["人民", "AI", "C"], chance.randrange(3)))
    when = FIRST + timedelta(seconds=chance.randrange(366 * 86400))
    if chance.random() < 0.02:
        when = FIRST + timedelta(days=365, seconds=chance.randrange(40))
    listed = chance.random() > 0.02
    return MadePost(
        number=number,
        source=chance.choice([1] * 60 + [2] * 38 + [3] * 2),
        title=make_text(chance, 4),
        body=make_text(chance, chance.choice([0, 10, 10, 30])),
        category=category,
        tags=tags,
        date=when if chance.random() > 0.03 else None,
        read=chance.random() < 0.3,
        bookmarked=chance.random() < (0.05 if listed else 0.7),
        listed=listed,
        has_text=chance.random() > 0.03,
    )


def put_posts(db: sqlite3.Connection, posts: list[MadePost]) -> dict[PostId, MadePost]:
    """Write posts into an index as a scan does; what ids they have."""
    paths = dict(db.execute("SELECT id, path FROM sources").fetchall())
    with writing(db, "state"):
        db.executemany(
            "INSERT INTO state.marks (source, path, read, bookmarked, revision, changed_at)"
            " VALUES (?, ?, ?, ?, 0, 0)",
            [
                (paths[post.source], f"{post.number}.md", post.read, post.bookmarked)
                for post in posts
                if post.read or post.bookmarked
            ],
        )
    writer = IndexWriter(db)
    ids: dict[PostId, MadePost] = {}
    with writing(db, "main"):
        for post in posts:
            ids[writer.put(entry_of(post))] = post
        for post_id, post in sorted(ids.items()):
            if post.has_text:
                writer.put_full_texts([(post_id, full_text_of(post))])
        writer.touch()
    return ids


def entry_of(post: MadePost) -> IndexEntry:
    """What the index is to hold of a post."""
    return IndexEntry(
        source=post.source,
        path=f"{post.number}.md",
        site=None,
        size=1,
        mtime_ns=1,
        title=post.title,
        date=post.date,
        has_time=True,
        categories=(post.category,) if post.category else (),
        tags=post.tags,
        listed=post.listed,
        gone=not post.listed,
        problem=None,
    )


def full_text_of(post: MadePost) -> FullText:
    """The full text of a post."""
    names = [post.category, *post.tags] if post.category else post.tags
    labels = f" {BREAK} ".join(map(index_text, names))
    return FullText(title=index_text(post.title), body=index_text(post.body), labels=labels)


def plain(text: str) -> str:
    """A text as the scan compares it."""
    return "".join(PLAIN.get(each, each) for each in text).lower()


Verdict = tuple[frozenset[PostId], frozenset[PostId]]
"""The posts that match, and those of which it is not known."""


@dataclass(frozen=True)
class MadeQuery:
    """A query as text, and how the scan answers it."""

    text: str
    answer: Callable[[PostScan], Verdict]


class PostScan:
    """All posts, gone through one by one."""

    def __init__(self, posts: dict[PostId, MadePost]) -> None:
        self.posts = posts
        self.all = frozenset(posts)
        self._unknown = frozenset(each for each, post in posts.items() if not post.has_text)
        self._titles = {each: plain(post.title) for each, post in posts.items() if post.has_text}
        self._texts = {
            each: "\0".join(map(plain, (post.title, post.body, post.category, *post.tags)))
            for each, post in posts.items()
            if post.has_text
        }
        self.words = cache(self._words)
        self._where: dict[str, frozenset[PostId]] = {}

    def _words(self, pattern: str, *, in_title: bool) -> Verdict:
        search = re.compile(pattern).search
        texts = self._titles if in_title else self._texts
        return frozenset(each for each, text in texts.items() if search(text)), self._unknown

    def where(self, name: str, fulfils: Callable[[MadePost], bool]) -> Verdict:
        """The posts that fulfil a condition which can always be told; it is known by its name."""
        if name not in self._where:
            found = frozenset(each for each, post in self.posts.items() if fulfils(post))
            self._where[name] = found
        return self._where[name], frozenset()

    def list(self, query: Query, asked: MadeQuery | None) -> list[PostId]:
        """The posts of a list in its order."""
        name = f"{query.scope} {query.view}"
        found = self.where(name, lambda post: _in_list(post, query))[0] | query.pinned
        settled = query.settled
        if not query.parts_read or query.view is View.UNREAD:
            settled = frozenset()
        found |= settled
        if asked is not None:
            found &= asked.answer(self)[0]
        unread = {each for each in found if not self.posts[each].read or each in query.pinned}
        unread -= settled
        match query.sort:
            case Sort.NEWEST:
                return sorted(found, reverse=True)
            case Sort.OLDEST:
                return sorted(found)
            case Sort.TITLE:
                return sorted(found, key=lambda each: (title_key(self.posts[each].title), each))
            case Sort.UNREAD_FIRST:
                return sorted(unread, reverse=True) + sorted(found - unread, reverse=True)


def _in_list(post: MadePost, query: Query) -> bool:
    if query.view is View.BOOKMARKS and isinstance(query.scope, Everything):
        return post.bookmarked
    if not post.listed or post.source == 3:
        return False
    match query.view:
        case View.UNREAD if post.read:
            return False
        case View.BOOKMARKS if not post.bookmarked:
            return False
    match query.scope:
        case Everything():
            return True
        case Today():
            return day_of(post) == NOW.date()
        case OneSource(path):
            return post.source == ("one", "two", "other").index(path.name) + 1
        case Labelled("category", name):
            return post.category == name
        case Labelled(_, name):
            return name in post.tags


def day_of(post: MadePost) -> date | None:
    """The day of a post by this machine's calendar."""
    return post.date.astimezone().date() if post.date else None


class QueryMaker:
    """Makes queries at random."""

    def __init__(self, chance: random.Random, texts: list[str]) -> None:
        self._chance = chance
        self._texts = texts

    def query(self, depth: int = 2) -> MadeQuery:
        """A query of one or several parts."""
        choice = self._chance.random()
        if depth == 0 or choice < 0.4:
            return self._term()
        if choice < 0.65:
            return _both([self.query(depth - 1) for _ in range(self._chance.choice([2, 2, 3]))])
        if choice < 0.85:
            return _either([self.query(depth - 1) for _ in range(2)])
        return _without(self.query(depth - 1))

    def _term(self) -> MadeQuery:
        kinds = [self._chinese] * 5 + [self._latin] * 2 + [self._mixed, self._phrase]
        kinds += [self._label, self._marked, self._dated, self._source]
        return self._chance.choice(kinds)()

    def _chinese(self) -> MadeQuery:
        length = self._chance.randint(1, 4)
        text = self._chance.choice(self._texts)
        runs = [run for run in re.findall(r"[一-鿿]+", text) if len(run) >= length]
        if self._chance.random() < 0.2 or not runs:
            runs = ["".join(self._chance.choices(CJK, k=length))]
        run = self._chance.choice(runs)
        start = self._chance.randrange(len(run) - length + 1)
        return self._word(run[start : start + length], plain(run[start : start + length]))

    def _latin(self) -> MadeQuery:
        word = self._chance.choice(LATIN)
        bare = plain(word)
        whole = rf"(?<![a-z0-9]){bare}(?![a-z0-9])"
        if self._chance.random() < 0.3:
            return self._word(f'"{word}"', whole)
        begins = len(bare) >= 3 and not bare.isdigit()
        if begins and self._chance.random() < 0.5:
            word, bare = word[:3], bare[:3]
        return self._word(word, rf"(?<![a-z0-9]){bare}" if begins else whole)

    def _mixed(self) -> MadeQuery:
        start = self._chance.randrange(len(CJK) - 1)
        return self._word(
            f"5G{CJK[start : start + 2]}", rf"(?<![a-z0-9])5g{_GAP}*{CJK[start : start + 2]}"
        )

    def _phrase(self) -> MadeQuery:
        start = self._chance.randrange(len(CJK) - 1)
        one, other = CJK[start : start + 1], self._chance.choice([*CJK, "AI", "x"])
        gap = "*" if other in {"AI", "x"} else "+"
        end = "(?![a-z0-9])" if other in {"AI", "x"} else ""
        quotes = self._chance.choice(['""', "“”"])
        written = f"{quotes[0]}{one} {other}{quotes[1]}"
        return self._word(written, f"{one}{_GAP}{gap}{plain(other)}{end}")

    def _word(self, text: str, pattern: str) -> MadeQuery:
        in_title = self._chance.random() < 0.2
        field = self._chance.choice(["title:", "title："]) if in_title else ""
        return MadeQuery(field + text, lambda scan: scan.words(pattern, in_title=in_title))

    def _label(self) -> MadeQuery:
        kind = self._chance.choice(["category", "tag"])
        names = [
            "keji",
            "科技",
            "FINANCE",
            "财经",
            "財經",
            "c++",
            "news",
            "人民",
            "ai",
            "c",
            "none",
        ]
        name = self._chance.choice(names)

        def fulfils(post: MadePost) -> bool:
            if kind == "tag":
                return plain(name) in map(plain, post.tags)
            shown = plain(CATEGORIES[post.category]), plain(post.category)
            return bool(post.category) and plain(name) in shown

        text = f"{kind}:{name}"
        return MadeQuery(text, lambda scan: scan.where(text, fulfils))

    def _marked(self) -> MadeQuery:
        mark = self._chance.choice(["unread", "read", "bookmarked"])
        fulfils: dict[str, Callable[[MadePost], bool]] = {
            "unread": lambda post: not post.read,
            "read": lambda post: post.read,
            "bookmarked": lambda post: post.bookmarked,
        }
        return MadeQuery(f"is:{mark}", lambda scan: scan.where(mark, fulfils[mark]))

    def _dated(self) -> MadeQuery:
        day = FIRST.date() + timedelta(days=self._chance.randrange(-5, 371))
        month = day.replace(day=1)
        following = (month + timedelta(days=32)).replace(day=1)
        text, first, end = self._chance.choice(
            [
                (f"{day}", day, day + timedelta(1)),
                (f"{day:%Y/%m/%d}", day, day + timedelta(1)),
                (f"{day:%Y-%m}", month, following),
                ("2022", date(2022, 1, 1), date(2023, 1, 1)),
                ("today", NOW.date(), NOW.date() + timedelta(1)),
                ("30d", NOW.date() - timedelta(30), NOW.date() - timedelta(29)),
            ]
        )
        field = self._chance.choice(["after", "before", "on"])

        def fulfils(post: MadePost) -> bool:
            of = day_of(post)
            if of is None:
                return False
            return {"after": of >= first, "before": of < first, "on": first <= of < end}[field]

        text = f"{field}:{text}"
        return MadeQuery(text, lambda scan: scan.where(text, fulfils))

    def _source(self) -> MadeQuery:
        name = self._chance.choice(["One", "two", "甲站", "other", "none"])
        text = f"in:{name}"
        return MadeQuery(
            text, lambda scan: scan.where(text, lambda post: name.lower() in NAMES[post.source])
        )


_GAP = "[^a-z0-9一-鿿\0]"


def _both(parts: list[MadeQuery]) -> MadeQuery:
    def answer(scan: PostScan) -> Verdict:
        verdicts = [part.answer(scan) for part in parts]
        found = frozenset.intersection(*(yes for yes, _ in verdicts))
        possible = frozenset.intersection(*(yes | unknown for yes, unknown in verdicts))
        return found, possible - found

    return MadeQuery(" ".join(_grouped(parts)), answer)


def _either(parts: list[MadeQuery]) -> MadeQuery:
    def answer(scan: PostScan) -> Verdict:
        verdicts = [part.answer(scan) for part in parts]
        found = frozenset[PostId]().union(*(yes for yes, _ in verdicts))
        return found, frozenset[PostId]().union(*(unknown for _, unknown in verdicts)) - found

    return MadeQuery(" OR ".join(_grouped(parts)), answer)


def _without(part: MadeQuery) -> MadeQuery:
    def answer(scan: PostScan) -> Verdict:
        found, unknown = part.answer(scan)
        return scan.all - found - unknown, unknown

    (text,) = _grouped([part])
    return MadeQuery(f"-{text}", answer)


def _grouped(parts: Iterable[MadeQuery]) -> list[str]:
    return [f"({part.text})" if " " in part.text else part.text for part in parts]
