"""The visible text of a post's body, found by another route than the reader's own.

CommonMark by markdown-it, its page by lexbor, then what the rules of the format take out: each
taken out by itself and counted under the number of its rule. Nothing of `newsreader.article` is
used, so that both ways are unlikely to go wrong at the same place.

Left out, beside what a browser leaves out (`head`, `script`, comments):

- 10: control and format characters (they are not compared at all)
- 15: `<>`
- 16: nothing, but a digest in front of HTML is taken as it is written
- 17: a first `h1` that says the title, a digest that the text begins with
- 21: hidden elements
- 22: `template`, `button`, `form` and its fields; media stand as their address
- 23: an alternative text that says nothing, pixels, the second of two same images
- 26: `rp`; marks that scripts and ruby bring with them
- 29: the line numbers beside code
- 32: attribute lists, comments, options, abbreviations, `^`, a table of contents, `$$`
- 33: Liquid: `{% … %}` goes, `{{ … }}` stands as `…`, but in code
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from selectolax.lexbor import LexborHTMLParser, LexborNode

UNKNOWN_SPACE = "\ue001"
_DIGEST = re.compile(r"\s*((?:[ ]{0,3}>[^\n]*(?:\n|\Z))+)\s*(?=<|\Z)")
_HIGHLIGHT = re.compile(
    r"\{%-?\s*highlight\b[^%\n]*%\}[ \t]*\n?(.*?)\{%-?\s*endhighlight\s*-?%\}", re.DOTALL
)
_FENCED = re.compile(
    r"^([ ]{0,3})(`{3,}|~{3,})[^\n]*\n.*?(?:^[ ]{0,3}\2[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL
)
_LIQUID = re.compile(r"\{\{[^{}\n]*\}\}|\{%[^{}%\n]*%\}")
# As an address, `<{{ url }}>`, it would have been a link.
_SHOWN_LIQUID = re.compile(r"<?\{\{[^{}\n]*\}\}>?|\{%[^{}%\n]*%\}")
_SOURCE_RULES = (
    ("15", re.compile(r"^[ \t]*<>[ \t]*$", re.MULTILINE)),
    ("32", re.compile(r"\{::comment\}.*?\{:/(?:comment)?\}", re.DOTALL)),
    ("32", re.compile(r"\{::[a-z]+[^{}\n]*/\}")),
    ("32", re.compile(r"\{::nomarkdown[^{}\n]*\}|\{:/(?:nomarkdown)?\}")),
    ("32", re.compile(r"^[ ]{0,3}\*\[[^\]\n]+\]:[^\n]*$", re.MULTILINE)),
    ("32", re.compile(r"^[ ]{0,3}(?:[*+-]|1\.)[ ][^\n]*\n[ ]*\{:[ ]*toc[^}\n]*\}", re.MULTILINE)),
    ("32", re.compile(r"^\^[ \t]*$", re.MULTILINE)),
)
_ATTRIBUTE_LIST = re.compile(r"\{:[^{}\n]*\}")
_HEADING_NAME = re.compile(r"\{#[^\s{}]+\}\s*$")
_HIDDEN_STYLE = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE
)
_HIDDEN_CLASSES = {"sr-only", "visually-hidden", "element-invisible"}
_GUTTER = "td.gutter, td.rouge-gutter, td.linenos, span.lineno, span.linenos, span.line-number"
_FORM = "template, noscript, button, form, select, textarea, option, input, datalist, canvas, map"
_BROWSER = "script, style, title, noembed, noframes, svg title"
_EMPTY_ALT = re.compile(
    r"(?:image|images|img|photo|picture|pic|null|alt|图|图片|图像|插图|\S*\.(?:jpe?g|png|gif|webp|svg|bmp"
    r"|avif|tiff?|ico)(?:[?#!]\S*)?)\Z",
    re.IGNORECASE,
)
_SCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎−", "0123456789+-=()ni0123456789+-=()-")
_UNSEEN = re.compile(r"[\s\u00ad\u115f\u1160\u3164\ufe00-\ufe0f]+")


@dataclass(slots=True)
class Reference:
    """What a reader should see of a body.

    Attributes:
        text: The visible characters, without spaces.
        taken: How many characters each rule took out, by its number.
        may_lose: Characters of `text` that a rule lets go, by rule.
        may_gain: Characters that a rule adds, by rule.
    """

    text: str = ""
    taken: Counter[str] = field(default_factory=Counter)
    may_lose: dict[str, Counter[str]] = field(default_factory=dict)
    may_gain: dict[str, Counter[str]] = field(default_factory=dict)

    def take(self, rule: str, text: str) -> None:
        """Notes what a rule took out."""
        if size := len(squeeze(text)):
            self.taken[rule] += size

    def lose(self, rule: str, text: str) -> None:
        """Notes what a rule lets go."""
        self.may_lose.setdefault(rule, Counter()).update(squeeze(text))

    def gain(self, rule: str, text: str) -> None:
        """Notes what a rule adds."""
        self.may_gain.setdefault(rule, Counter()).update(squeeze(text))


def squeeze(text: str) -> str:
    """The characters of a text that are compared: those seen, scripts as plain digits."""
    text = _UNSEEN.sub("", text).translate(_SCRIPTS)
    if text.isprintable():
        return text
    return "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))


def letters(text: str) -> str:
    """What two texts are compared by where case and width do not count."""
    return squeeze(unicodedata.normalize("NFKC", text)).casefold()


def read_reference(body: str, title: str = "") -> Reference:
    """The visible text of a body."""
    found = Reference()
    digest = ""
    if start := _DIGEST.match(body):
        digest = html.unescape(re.sub(r"^[ ]{0,3}>", "", start[1], flags=re.MULTILINE))
        body = body[start.end() :]
    page = LexborHTMLParser(f"<body>{_parser().render(_prepare(body, found))}").body
    text = "" if page is None else _read_page(page, title, found)
    if digest:
        if letters(text).startswith(letters(digest).rstrip(".…")):
            found.take("17", digest)
        else:
            text = digest + text
    found.text = squeeze(text)
    return found


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return parser.use(footnote_plugin, inline=False).use(deflist_plugin)


def _prepare(body: str, found: Reference) -> str:
    """The Markdown without what only kramdown and Liquid know."""
    body = _HIGHLIGHT.sub(lambda code: f"\n\n~~~~~~~~\n{code[1]}\n~~~~~~~~\n\n", body)
    parts: list[str] = []
    at = 0
    for fence in _FENCED.finditer(body):
        parts += [_prepare_prose(body[at : fence.start()], found), fence[0]]
        at = fence.end()
    parts.append(_prepare_prose(body[at:], found))
    return "".join(parts)


def _prepare_prose(text: str, found: Reference) -> str:
    for rule, pattern in _SOURCE_RULES:
        for match in pattern.finditer(text):
            found.take(rule, match[0])
        text = pattern.sub("", text)
    text = re.sub(r"\$\$(.+?)\$\$", _code_span, text, flags=re.DOTALL)
    return _LIQUID.sub(lambda tag: tag[0].replace(" ", UNKNOWN_SPACE), text)


def _code_span(math: re.Match[str]) -> str:
    return f"<code>{html.escape(math[1])}</code>"


def _read_page(page: LexborNode, title: str, found: Reference) -> str:
    for selector in (_BROWSER, _FORM, _GUTTER, "rp"):
        rule = {_FORM: "22", _GUTTER: "29"}.get(selector, "26")
        for node in page.css(selector):
            if selector != _BROWSER:
                found.take(rule, node.text())
            node.decompose()
    for node in page.css("[hidden], [style], [class]"):
        attributes = node.attributes
        classes = set((attributes.get("class") or "").lower().split())
        if (
            "hidden" in attributes
            or _HIDDEN_STYLE.search((attributes.get("style") or "").lower())
            or classes & _HIDDEN_CLASSES
        ):
            found.take("21", node.text())
            node.decompose()
    _note_marks(page, found)
    heading = page.css_first("h1")
    if heading is not None and title and letters(heading.text()) == letters(title):
        found.take("17", heading.text())
        heading.decompose()
    return "".join(_texts(page, found))


def _note_marks(page: LexborNode, found: Reference) -> None:
    for node in page.css("sup"):
        found.gain("26", "[]" if node.css_first("a") else "^")
    for _ in page.css("sub"):
        found.gain("26", "_")
    for _ in page.css("rt"):
        found.gain("26", "()")
    for _ in page.css("q"):
        found.gain("18", "“”")
    for node in page.css("iframe, video, audio, embed"):
        source = node.attributes.get("src") or ""
        found.gain("22", "▶" + source + (node.attributes.get("title") or ""))
        found.lose("22", node.text())


def _texts(page: LexborNode, found: Reference) -> list[str]:
    """The texts of all nodes, walked in the order that lexbor gives them."""
    texts: list[str] = []
    source = ""
    for node in page.traverse(include_text=True):
        tag = node.tag
        if tag == "img":
            attributes = node.attributes
            alt = " ".join((attributes.get("alt") or "").split())
            tiny = {attributes.get("width"), attributes.get("height")} & {"0", "1", "0px", "1px"}
            if tiny or _EMPTY_ALT.match(alt) or (source and source == attributes.get("src")):
                found.take("23", alt)
            else:
                texts.append(alt)
                if not attributes.get("src"):
                    found.lose("23", alt)
            source = attributes.get("src") or ""
        elif tag == "-text":
            text = node.text_content or ""
            source = "" if text.strip() else source
            if _in_code(node):
                texts.append(text.replace(UNKNOWN_SPACE, " "))
            else:
                texts.append(_prose(text, node, found))
    return texts


def _in_code(node: LexborNode) -> bool:
    parent = node.parent
    for _ in range(6):
        if parent is None:
            return False
        if parent.tag in ("code", "pre", "kbd", "samp", "tt"):
            return True
        parent = parent.parent
    return False


def _prose(text: str, node: LexborNode, found: Reference) -> str:
    if "[" in text and node.parent is not None and node.parent.tag in ("li", "p"):
        mark = re.match(r"\s*\[([ xX])\]\s", text)
        first = node.prev is None and (node.parent.tag == "li" or node.parent.parent.tag == "li")  # type: ignore[union-attr]  # a page's p has a parent
        if mark and first:
            text = ("☐" if mark[1] == " " else "☑") + text[mark.end() :]
    if "*" in text:
        found.lose("18", re.sub(r"[^*]", "", text))
    if "{" not in text:
        return text
    for rule, pattern in (("32", _ATTRIBUTE_LIST), ("32", _HEADING_NAME)):
        if pattern is _HEADING_NAME and (node.parent is None or node.parent.tag[:1] != "h"):  # type: ignore[index]  # an element has a tag
            continue
        for match in pattern.finditer(text):
            found.take(rule, match[0])
        text = pattern.sub("", text)
    text = text.replace(UNKNOWN_SPACE, " ")
    for match in _SHOWN_LIQUID.finditer(text):
        found.take("33", match[0])
    return _SHOWN_LIQUID.sub(lambda tag: "" if tag[0].startswith("{%") else "…", text)
