"""Tables of contents, and what stands over them."""

from __future__ import annotations

import pytest

from newsreader.article.parse.parse_article import parse_body
from tests.article.dump import dump

TABLE = [
    ("**目录**\n\n* TOC\n{:toc}\n\n## 甲", ["h2 甲"]),
    ("**目录**\n\n* TOC\n{:toc}\n\n文", ["p 文"]),
    ("目录：\n\n1. TOC\n{:toc}\n\n文", ["p 文"]),
    ("## Table of Contents\n{:.no_toc}\n\n* x\n{:toc .big}\n\n文", ["p 文"]),
    ("## 一览\n\n* x\n{:toc}\n\n---\n\n## 甲", ["rule", "h2 甲"]),
    ("## 一览\n\n* x\n{:toc}\n\n### 甲", ["h2 一览", "h3 甲"]),
    ("## 一览\n\n* x\n{:toc}\n\n文", ["h2 一览", "p 文"]),
    ("**一览**\n\n* x\n{:toc}\n\n文", ["h2 一览", "p 文"]),
    ("前\n\n* x\n{:toc}\n\n文", ["p 前", "p 文"]),
    ("* 甲 {:toc}", ["bullet", "  -", "    p 甲 {:toc}"]),
    ("- 外\n\n  **目录**\n\n  * x\n  {:toc}", ["bullet loose", "  -", "    p 外"]),
]


@pytest.mark.parametrize(("body", "lines"), TABLE)
def test_a_table_of_contents_is_left_out(body: str, lines: list[str]) -> None:
    assert dump(parse_body(body)).splitlines() == lines
