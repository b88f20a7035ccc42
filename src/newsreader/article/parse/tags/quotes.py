"""Blocks between two tags: code with its title, and quotes with their authors."""

from __future__ import annotations

import html
import re
import textwrap
from typing import Final

from newsreader.article.parse.tags.arguments import STYLES, Arguments
from newsreader.patterns import compile_late

DIAGRAMS: Final = frozenset(
    ("mermaid", "plantuml", "graphviz", "ditaa", "diagram", "flow", "sequence", "echarts", "chart")
)
CODE_BLOCKS: Final = frozenset(("highlight", "codeblock", "code")) | DIAGRAMS
FORMULA_BLOCKS: Final = frozenset(("math", "katex", "latex", "mathjax", "equation"))
QUOTE_BLOCKS: Final = frozenset(
    ("blockquote", "quote", "pullquote", "cq", "centerquote", "note", "notice", "callout", "alert",
     "admonition", "tip", "warning", "info", "hint", "important", "caution")
)  # fmt: skip
_ADDRESS: Final = compile_late(r"https?://\S+", re.IGNORECASE)
_LANGUAGE: Final = compile_late(r"[A-Za-z][\w+#.-]{0,20}", re.ASCII)


def code_heading(name: str, arguments: Arguments) -> tuple[str, str]:
    """Return the language of a block of code, and the HTML of the title above it.

    `{% highlight ruby linenos %}`; `{% codeblock [title] [lang:ruby] [url] [text of the link] %}`.
    """
    if name in DIAGRAMS:
        return name, ""
    words = list(arguments.words)
    language = arguments.first("lang", "language")
    may_name = words and (name == "highlight" or (len(words) == 1 and not language))
    if may_name and _LANGUAGE.fullmatch(words[0]) and "." not in words[0]:
        language = words.pop(0)
    if name == "highlight":
        return language, ""
    title, link, text = _split(words)
    address = f'<a href="{html.escape(link)}">{html.escape(text or link)}</a>' if link else ""
    heading = " ".join(part for part in (html.escape(title), address) if part)
    return language, f"<p>{heading}</p>" if heading else ""


def code_fence(code: str, language: str, margin: str) -> str:
    """Return a fence of Markdown, each line behind a margin."""
    longest = max((len(run) for run in re.findall("~+", code)), default=0)
    mark = "~" * max(3, longest + 1)
    lines = textwrap.dedent(code.strip("\n").rstrip()).split("\n")
    return "\n".join(["", *(margin + line for line in (mark + language, *lines, mark)), ""])


def code_html(code: str, language: str) -> str:
    """Return the HTML of a block of code."""
    return (
        f'<pre><code class="language-{html.escape(language)}">\n{html.escape(code.rstrip())}'
        "</code></pre>"
    )


def quote_frame(name: str, arguments: Arguments) -> tuple[str, str]:
    """Return the HTML of the paragraph above a quote, and of the one below it; perhaps empty.

    `{% blockquote 鲁迅, 书名 https://… 标题 %}`, `{% note warning 标题 %}`.
    """
    if name in ("pullquote", "cq", "centerquote"):
        return "", ""
    words = list(arguments.words)
    if name not in ("blockquote", "quote"):
        rest = " ".join(word for word in words if word.lower() not in STYLES)
        text = arguments.first("title", "header") or rest
        return f"<p><b>{html.escape(text)}</b></p>" if text else "", ""
    author, link, title = _split(words)
    author = author or arguments.first("author", "by", "name")
    link = link or arguments.first("source", "url", "cite", "link")
    title = title or arguments.first("title")
    if link and not _ADDRESS.fullmatch(link):
        title, link = f"{title} {link}".strip(), ""
    cited = (
        f'<a href="{html.escape(link)}">{html.escape(title or link)}</a>'
        if link
        else html.escape(title)
    )
    parts = [part for part in (html.escape(author), cited) if part]
    return "", f"<p>— {', '.join(parts)}</p>" if parts else ""


def _split(words: list[str]) -> tuple[str, str, str]:
    """Split words at the address among them: what is before it, it, what follows."""
    for number, word in enumerate(words):
        if _ADDRESS.fullmatch(word):
            return " ".join(words[:number]).rstrip(","), word, " ".join(words[number + 1 :])
    return " ".join(words), "", ""
