"""An article for other programs: as clean HTML and as Markdown.

Both are written from the `Document`, so that nothing of a post's own markup gets through. The
Markdown of a line of text is html2text's. Three things html2text gets wrong are kept from it:
punctuation that would be read as markup (`*ST`, `<b>`, `[1]`), which passes through it in
disguise; bold and italics, which it parts from the next word by a space and which do not hold
beside Chinese quotation marks; and blocks inside list items and table cells.
"""

from __future__ import annotations

import html
import json
import re
import string
from dataclasses import replace
from typing import TypeAlias, assert_never

import html2text

from newsreader.article.document import (
    Block,
    Cell,
    CodeBlock,
    Document,
    Emphasis,
    Figure,
    Heading,
    Item,
    List,
    Paragraph,
    Quote,
    Rule,
    Span,
    Spans,
    Table,
)
from newsreader.posts import Post

# ---- HTML

_Piece: TypeAlias = "str | Block"

_TAGS = (
    (Emphasis.BOLD, "strong"),
    (Emphasis.ITALIC, "em"),
    (Emphasis.CODE, "code"),
    (Emphasis.STRIKE, "del"),
    (Emphasis.UNDERLINE, "u"),
    (Emphasis.MARK, "mark"),
    (Emphasis.DIM, "small"),
)


def to_html(document: Document) -> str:
    """Write a document as HTML, one block a line, everything escaped.

    Returns:
        The body alone: no `html` or `head` around it, no scripts, styles or classes but the
        `language-…` of code.
    """
    parts: list[str] = []
    pieces: list[_Piece] = list(reversed(document.blocks))
    while pieces:
        piece = pieces.pop()
        if isinstance(piece, str):
            parts.append(piece)
        else:
            pieces.extend(reversed(_html_pieces(piece)))
    if document.cut:
        parts.append(f"<p><small>{html.escape(document.cut)}</small></p>\n")
    return "".join(parts)


def _html_pieces(block: Block) -> list[_Piece]:
    """A block as HTML and the blocks inside it, in order."""
    match block:
        case Heading(level, spans):
            return [f"<h{level}>{_html_spans(spans)}</h{level}>\n"]
        case Paragraph(spans):
            return [f"<p>{_html_spans(spans)}</p>\n"]
        case Quote(blocks):
            return ["<blockquote>\n", *blocks, "</blockquote>\n"]
        case List():
            return _html_list(block)
        case CodeBlock(text, language):
            named = f' class="language-{html.escape(language)}"' if language else ""
            return [f"<pre><code{named}>{html.escape(text)}</code></pre>\n"]
        case Table(rows, caption):
            head = f"<caption>{_html_spans(caption)}</caption>\n" if caption else ""
            body = "".join(f"<tr>{''.join(map(_html_cell, row))}</tr>\n" for row in rows)
            return [f"<table>\n{head}{body}</table>\n"]
        case Figure():
            return [_html_figure(block)]
        case Rule():
            return ["<hr>\n"]
        case _:
            assert_never(block)


def _html_list(block: List) -> list[_Piece]:
    pieces: list[_Piece] = []
    match block.kind:
        case "bullet":
            start, end = "<ul>\n", "</ul>\n"
        case "number":
            first = f' start="{block.start}"' if block.start != 1 else ""
            start, end = f"<ol{first}>\n", "</ol>\n"
        case "definition":
            start, end = "<dl>\n", "</dl>\n"
        case _:
            assert_never(block.kind)
    for item in block.items:
        if block.kind == "definition":
            term = f"<dt>{_html_spans(item.term)}</dt>\n" if item.term else ""
            pieces += [f"{term}<dd>\n", *item.blocks, "</dd>\n"]
        else:
            pieces += ["<li>\n", *item.blocks, "</li>\n"]
    return [start, *pieces, end]


def _html_cell(cell: Cell) -> str:
    tag = "th" if cell.heading else "td"
    facts = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    facts += f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    facts += f' align="{cell.align}"' if cell.align != "left" else ""
    return f"<{tag}{facts}>{_html_spans(cell.spans)}</{tag}>"


def _html_figure(figure: Figure) -> str:
    source, alt = html.escape(figure.source), html.escape(figure.alt)
    if figure.kind == "image":
        shown = f'<img src="{source}" alt="{alt}">'
        if figure.link:
            shown = f'<a href="{html.escape(figure.link)}">{shown}</a>'
    elif figure.source:
        shown = f'<a href="{source}">{alt or source}</a>'
    else:
        shown = alt
    caption = f"<figcaption>{_html_spans(figure.caption)}</figcaption>" if figure.caption else ""
    return f"<figure>{shown}{caption}</figure>\n"


def _html_spans(spans: Spans) -> str:
    return "".join(map(_html_span, spans))


def _html_span(span: Span) -> str:
    text = html.escape(span.text, quote=False).replace("\n", "<br>")
    for flag, tag in _TAGS:
        if flag in span.emphasis:
            text = f"<{tag}>{text}</{tag}>"
    if span.anchor:
        text = f'<span id="{html.escape(span.anchor)}">{text}</span>'
    if span.link:
        text = f'<a href="{html.escape(span.link)}">{text}</a>'
    return text


# ---- Markdown


def to_markdown(post: Post, document: Document) -> str:
    """Write a post as Markdown: its facts as front matter, then the article.

    Args:
        post: The facts: title, date, categories, tags and link.
        document: The post's body.

    Returns:
        Text that ends with a line feed. Lines are not wrapped; the dialect is CommonMark with
        the pipe tables, `~~` and definition lists that Jekyll's kramdown reads.
    """
    facts = {
        "title": json.dumps(post.title, ensure_ascii=False),
        "date": _date(post),
        "categories": json.dumps(list(post.categories), ensure_ascii=False),
        "tags": json.dumps(list(post.tags), ensure_ascii=False),
        "source": json.dumps(post.link or document.source_link, ensure_ascii=False),
    }
    lines = ["---"]
    lines += [f"{name}: {value}" for name, value in facts.items() if value not in ("", '""', "[]")]
    lines.append("---")
    body = _Markdown().write(document)
    return "\n".join(lines) + "\n\n" + body if body else "\n".join(lines) + "\n"


def _date(post: Post) -> str:
    if post.date is None:
        return ""
    return post.date.strftime("%Y-%m-%d %H:%M:%S %z" if post.has_time else "%Y-%m-%d")


_Step: TypeAlias = "tuple[Block | str, str, str]"
"""A block, or lines already written, then what stands before its first and its other lines."""


class _Markdown:
    """Writes blocks one below the other, with a stack of its own, however deep they are nested."""

    def __init__(self) -> None:
        self._parser = html2text.HTML2Text(bodywidth=0)
        self._parser.unicode_snob = True
        self._parser.single_line_break = False
        self._lines: list[str] = []
        self._gap: str | None = None
        self._steps: list[_Step] = []

    def write(self, document: Document) -> str:
        if document.blocks:
            self._push(document.blocks, "", "")
        while self._steps:
            block, first, rest = self._steps.pop()
            if isinstance(block, str):
                self._add(block, first, rest)
            else:
                self._write_block(block, first, rest)
        if document.cut:
            self._add(self._line((Span(document.cut),)), "", "")
        return "".join(f"{line}\n" for line in self._lines)

    def _push(self, blocks: tuple[Block, ...], first: str, rest: str) -> None:
        """Put blocks on the stack, the first of them behind a marker."""
        steps: list[_Step] = []
        for number, block in enumerate(blocks):
            steps += [(block, rest if number else first, rest), ("", rest, rest)]
        if not blocks:
            steps = [("\n", first, rest)]
        self._steps.extend(reversed(steps))

    def _add(self, text: str, first: str, rest: str) -> None:
        """Add lines behind their prefixes; an empty text is a blank line before what follows."""
        if not text:
            self._gap = rest.rstrip()  # the last of several is the outermost
            return
        if self._gap is not None and self._lines:
            self._lines.append(self._gap)
        self._gap = None
        for number, line in enumerate(text.removesuffix("\n").split("\n")):
            prefixed = (rest if number else first) + line
            self._lines.append(prefixed if line else prefixed.rstrip())

    def _write_block(self, block: Block, first: str, rest: str) -> None:
        match block:
            case Heading(level, spans):
                flat = tuple(replace(span, text=span.text.replace("\n", " ")) for span in spans)
                self._add("#" * level + " " + self._line(flat), first, rest)
            case Paragraph(spans):
                self._add(self._line(spans), first, rest)
            case Quote(blocks):
                self._push(blocks, first + "> ", rest + "> ")
            case List():
                self._write_list(block, first, rest)
            case CodeBlock(text, language):
                longest = max((len(run) for run in re.findall("`+", text)), default=0)
                fence = "`" * max(3, longest + 1)
                self._add(f"{fence}{language}\n{text}\n{fence}", first, rest)
            case Table():
                self._write_table(block, first, rest)
            case Figure(_, _, _, caption):
                self._add(self._converted(_markdown_figure(block)), first, rest)
                if caption:
                    self._add("", rest, rest)
                    self._add(self._line(caption), rest, rest)
            case Rule():
                self._add("* * *", first, rest)
            case _:
                assert_never(block)

    def _write_list(self, block: List, first: str, rest: str) -> None:
        steps: list[tuple[tuple[Block, ...], str, str]] = []
        for number, item in enumerate(block.items, block.start):
            match block.kind:
                case "bullet":
                    marker = "- "
                case "number":
                    marker = f"{max(0, number)}. "
                case "definition":
                    marker = ": "
                case _:
                    assert_never(block.kind)
            steps.append((item.blocks, marker, self._term(item)))
        # The stack gives the last first.
        for number in range(len(steps) - 1, -1, -1):
            blocks, marker, term = steps[number]
            before = first if number == 0 else rest
            indent = rest + " " * (4 if marker == ": " else len(marker))
            start = rest if term else before
            if not block.loose and not term and _is_short(blocks):
                self._steps.extend(
                    (inner, indent if place else start + marker, indent)
                    for place, inner in reversed(list(enumerate(blocks)))
                )
            else:
                self._push(blocks, start + marker, indent)
            if term:
                self._steps.append((term, before, rest))

    def _term(self, item: Item) -> str:
        return self._line(item.term) if item.term else ""

    def _write_table(self, table: Table, first: str, rest: str) -> None:
        """Write a pipe table; cells that span leave empty places, which Markdown has to have."""
        if table.caption:
            self._add(self._line(table.caption), first, rest)
            self._add("", rest, rest)
            first = rest
        rows: list[list[str]] = []
        reaching: dict[int, int] = {}
        for row in table.rows:
            texts: list[str] = []
            for cell in row:
                while reaching.get(len(texts), 0):
                    texts.append("")
                for column in range(len(texts), len(texts) + max(1, min(cell.colspan, 100))):
                    reaching[column] = cell.rowspan
                    texts.append("")
                shown = self._line(cell.spans).replace("  \n", "<br>").replace("|", "\\|")
                texts[-max(1, min(cell.colspan, 100))] = shown
            reaching = {column: left - 1 for column, left in reaching.items() if left > 1}
            rows.append(texts)
        columns = max(map(len, rows), default=0)
        if not columns:
            return
        headed = bool(table.rows[0]) and all(cell.heading for cell in table.rows[0])
        if not headed:
            rows.insert(0, [])
        rows.insert(1, ["---"] * columns)
        filled = (row + [""] * (columns - len(row)) for row in rows)
        self._add("\n".join(f"| {' | '.join(row)} |" for row in filled), first, rest)

    def _line(self, spans: Spans) -> str:
        """Running text as Markdown."""
        return self._converted(_disguised_html(_settled(spans)))

    def _converted(self, source: str) -> str:
        written = self._parser.handle(f"<p>{source}</p>").strip().translate(_REVEALED)
        return _STARTS_BLOCK.sub(_escape_start, written)


def _is_short(blocks: tuple[Block, ...]) -> bool:
    """Whether a tight item stays tight: text, and lists below it."""
    return (
        bool(blocks)
        and isinstance(blocks[0], Paragraph | Heading)
        and all(isinstance(block, List) for block in blocks[1:])
    )


def _markdown_figure(figure: Figure) -> str:
    source, alt = _disguise_address(figure.source), _escape(figure.alt).translate(_DISGUISED)
    if figure.kind == "image" and figure.source:
        shown = f'<img src="{source}" alt="{alt}">'
        return f'<a href="{_disguise_address(figure.link)}">{shown}</a>' if figure.link else shown
    if figure.source:
        return f'<a href="{source}">▶ {alt or source}</a>'
    return alt or "…"


# What html2text must not touch goes through it as characters of the last private plane, which
# no post uses: ASCII punctuation, and the spaces that it would turn into plain ones.
_KEPT = string.punctuation + "\u00a0\u3000"
_DISGUISED = {ord(c): 0x10F000 + number for number, c in enumerate(_KEPT)}
_REVEALED = {disguise: code for code, disguise in _DISGUISED.items()}

_SPECIAL = re.compile(
    r"""
      [\\`\[\]*]
    | (?<![^\W_])_ | _(?![^\W_])   # but a_b
    | ~(?=~) | (?<=~)~
    | <(?=[A-Za-z/!?])
    | &(?=\#?\w+;)
    """,
    re.VERBOSE | re.ASCII,
)
_STARTS_BLOCK = re.compile(
    r"""
    ^ (?: [-+](?=\s|$) | \d{1,9}[.)](?=\s|$)   # a list
        | > | \| | [:~](?=\s)                  # a quotation, a table, a definition
        | \#(?=\#{0,5}(?:\s|$))                # a heading
        | =+(?=[ ]*$) | -+(?=[ ]*$)            # a heading's underline
      )
    """,
    re.VERBOSE | re.MULTILINE,
)
_MARKS = ((Emphasis.STRIKE, "~~"), (Emphasis.ITALIC, "*"), (Emphasis.BOLD, "**"))


def _escape(text: str) -> str:
    """Text in which nothing is read as markup any more."""
    return _SPECIAL.sub(lambda special: "\\" + special[0], text)


def _escape_start(start: re.Match[str]) -> str:
    """The start of a line in which nothing is read as a list, a heading or a quotation."""
    return start[0][:-1] + "\\" + start[0][-1]


def _disguise_address(address: str) -> str:
    return address.replace(" ", "%20").replace("(", "%28").replace(")", "%29").translate(_DISGUISED)


def _disguised_html(spans: Spans) -> str:
    """Spans as HTML for html2text: links and line ends as tags, all else in disguise."""
    parts: list[str] = []
    for span in spans:
        if Emphasis.CODE in span.emphasis:
            text = _code(span.text)
        else:
            text = _escape(span.text)
            bare = text.strip()
            if bare:
                before, after = text[: text.index(bare)], text[text.index(bare) + len(bare) :]
                for flag, mark in _MARKS:
                    if flag in span.emphasis:
                        bare = mark + bare + mark
                text = before + bare + after
        shown = text.translate(_DISGUISED).replace("\n", "<br>")
        if span.link and not span.link.startswith("#"):
            if span.text == span.link:
                shown = f"<{span.link}>".translate(_DISGUISED)
            else:
                shown = f'<a href="{_disguise_address(span.link)}">{shown}</a>'
        parts.append(shown)
    return "".join(parts)


def _code(text: str) -> str:
    """Code in as many backticks as it takes."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _settled(spans: Spans) -> Spans:
    """Spans whose bold and italics hold in Markdown.

    A closing `**` holds where it follows a letter, or precedes a space or punctuation
    (CommonMark 0.31, "right-flanking delimiter run"); an opening one the other way round. Where
    `**“好”**了` would not hold, the quotation marks move out: `“**好**”了`.
    """
    merged: list[Span] = []
    marks = Emphasis.BOLD | Emphasis.ITALIC | Emphasis.STRIKE
    for span in spans:
        before = merged[-1] if merged else None
        if before and (before.emphasis, before.link) == (span.emphasis, span.link):
            merged[-1] = replace(before, text=before.text + span.text)
        elif span.text:
            merged.append(span)
    settled: list[Span] = []
    for number, span in enumerate(merged):
        if not span.emphasis & marks or Emphasis.CODE in span.emphasis:
            settled.append(span)
            continue
        text = span.text
        left = merged[number - 1].text[-1] if number else " "
        right = merged[number + 1].text[0] if number + 1 < len(merged) else " "
        start, end = 0, len(text)
        if _is_word(left):
            while start < end and not _is_word(text[start]):
                start += 1
        if _is_word(right):
            while end > start and not _is_word(text[end - 1]):
                end -= 1
        plain = replace(span, emphasis=span.emphasis & ~marks)
        settled += [
            part
            for part in (
                replace(plain, text=text[:start]),
                replace(span, text=text[start:end]),
                replace(plain, text=text[end:]),
            )
            if part.text
        ]
    return tuple(settled)


def _is_word(character: str) -> bool:
    """Whether a character counts as neither space nor punctuation beside a `*`."""
    return character.isalnum()
