"""Pages as publishing systems and scrapers leave them.

28 KB in the mean and 9 levels of `div`, of which a quarter is text: about 48 links, images with a
twin for browsers without scripts, empty paragraphs, line feeds between characters, inline styles,
scripts, hidden parts, a share bar, related posts.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Final

from benchmarks.shapes.words import About, length, sentences, words

SCRIPT: Final = (
    "<script>(function(w,d){{var q=w._q=w._q||[];q.push(['page','{key}']);var s=d.createElement("
    "'script');s.async=!0;s.src='//count.example/c.js?i={key}';var n=d.getElementsByTagName("
    "'script')[0];if(n)n.parentNode.insertBefore(s,n)}})(window,document);</script>\n"
)
_FONTS: Final = ("宋体", "微软雅黑, sans-serif", "Arial, &quot;PingFang SC&quot;", "仿宋_GB2312")
_NETWORKS: Final = ("weibo", "wechat", "qzone", "douban", "mail", "print", "more")


def news(chance: random.Random, about: About) -> str:
    """The text of a post."""
    style = _style(chance)
    depth = chance.choice((6, 7, 8, 9, 9, 9))
    boxes = [
        f'<div class="box-{level} {chance.choice(("wrap", "main clearfix", "col", "inner"))}"'
        f"{style if level % 3 == 2 else ''}>\n"
        for level in range(depth)
    ]
    parts = [_crumbs(about), *boxes, _byline(chance, about)]
    for _ in range(length(chance, 30, 0.5, 160)):
        parts.extend(_piece(chance, about, style))
    parts += [_hidden(chance), "</div>\n" * 2, _share(about), _related(chance, about)]
    parts += [
        "</div>\n" * (depth - 2 - chance.choice((0, 0, 0, 1))),
        SCRIPT.format(key=about.number),
    ]
    return about.front_matter() + "".join(parts)


def _style(chance: random.Random) -> str:
    """What a post's editor writes into every paragraph; some write nothing."""
    if chance.random() < 0.3:
        return ""
    return (
        f' style="margin: 0px 0px {chance.randrange(30)}px; padding: 0px; text-indent: 2em;'
        f" font-family: {chance.choice(_FONTS)}; font-size: {chance.randint(14, 18)}px;"
        ' white-space: normal; background-color: rgb(255, 255, 255);"'
    )


def _piece(chance: random.Random, about: About, style: str) -> Iterator[str]:
    """A paragraph, and often what stands behind one."""
    yield f"<p{style}>{_text(chance)}</p>\n"
    kind = chance.random()
    if kind < 0.16:
        yield chance.choice(
            ("<p>&nbsp;</p>\n", "<p><br></p>\n\n", f"<p{style}></p>\n", "<p>　　</p>\n")
        )
    elif kind < 0.28:
        yield _image(chance, about)
    elif kind < 0.33:
        yield f"<p{style}><strong><span>{words(chance, 3, 5)}</span></strong></p>\n"
    elif kind < 0.36:
        yield f"<h3>{words(chance, 3, 5)}</h3>\n"
    elif kind < 0.39:
        yield f'<div class="ad-slot"><div>{SCRIPT.format(key="ad")}</div></div>\n'
    elif kind < 0.41:
        yield f"<blockquote{style}>\n<p>{sentences(chance)}</p>\n</blockquote>\n"
    elif kind < 0.43:
        yield _table(chance)


def _text(chance: random.Random) -> str:
    """The sentences of a paragraph as editors and converters mark them up."""
    text = sentences(chance) + (sentences(chance) if chance.random() < 0.3 else "")
    kind = chance.random()
    if kind < 0.25:  # wrapped by a mail program or an HTML tidier
        width = chance.randint(30, 44)
        text = "\n".join(text[at : at + width] for at in range(0, len(text), width))
    elif kind < 0.45:  # a link amid the text
        text += (
            f'<a href="https://www.news.example/t/{chance.randrange(10**6)}.shtml?from=article"'
            f' target="_blank" rel="noopener">{words(chance, 2, 3)}</a>{sentences(chance)}'
        )
    elif kind < 0.6:  # pasted from a word processor
        size = chance.randint(14, 18)
        half = len(text) // 2
        span = f'<span style="font-size: {size}px; letter-spacing: 0.5px;">'
        text = f"{span}{text[:half]}</span>{span}<strong>{text[half:-1]}</strong></span>{text[-1]}"
    return chance.choice(("", "　　", "&emsp;&emsp;", "\n    ")) + text


def _image(chance: random.Random, about: About) -> str:
    address = f"//img.example/{about.date:%Y/%m}/{chance.getrandbits(64):016x}.jpg"
    caption = words(chance, 3, 7)
    size = f'width="{chance.choice((550, 640, 900))}" height="{chance.randint(280, 640)}"'
    image = (
        f'<img class="lazy" alt="{caption}" src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5'
        f'BAEAAAAALAAAAAABAAEAAAIBRAA7" data-src="{address}" data-original="{address}" {size}>'
        f'<noscript><img src="{address}" alt="{caption}"></noscript>'
    )
    if chance.random() < 0.5:
        return f'<figure class="image">{image}<figcaption>{caption}</figcaption></figure>\n'
    return f'<p style="text-align: center;">{image}</p>\n<p align="center">{caption}</p>\n'


def _table(chance: random.Random) -> str:
    columns = chance.randint(2, 5)
    rows = "".join(
        f"<tr>{''.join(f'<td width=120>{words(chance, 1, 3)}</td>' for _ in range(columns))}</tr>\n"
        for _ in range(chance.randint(3, 8))
    )
    return f'<table border="1" cellpadding="0"><tbody>\n{rows}</tbody></table>\n'


def _crumbs(about: About) -> str:
    return (
        '<div class="crumbs"><a href="/">首页</a> &gt; '
        f'<a href="/{about.category}/">{about.tag}</a> &gt; 正文</div>\n'
    )


def _byline(chance: random.Random, about: About) -> str:
    return (
        f'<div class="info"><span class="date">{about.date:%Y年%m月%d日 %H:%M}</span>'
        f'<span class="source">来源：<a href="//source.example/">{words(chance, 1, 1)}网</a></span>'
        f"<span>作者：{words(chance, 1, 1)}</span></div>\n{SCRIPT.format(key='top')}"
    )


def _hidden(chance: random.Random) -> str:
    return (
        f'<div style="display: none" id="wx_pic">{words(chance, 3, 6)}</div>\n'
        f"<style>.art-{chance.randrange(99)} p{{margin:0 0 1em;line-height:1.8}}</style>\n"
        f"<!-- {chance.getrandbits(64):016x} -->\n"
    )


def _share(about: About) -> str:
    links = "".join(
        f'<a class="share-{name}" href="https://share.example/{name}?u=https%3A%2F%2Fnews.example'
        f'%2F{about.number}.html" title="分享到{name}"><i class="icon icon-{name}"></i></a>'
        for name in _NETWORKS
    )
    return f'<div class="share-bar"><span>分享到：</span>{links}</div>\n'


def _related(chance: random.Random, about: About) -> str:
    links = "".join(
        f'<li><a href="https://www.news.example/{about.category}/{chance.randrange(10**8)}.shtml"'
        f' target="_blank">{words(chance, 5, 9)}</a><span>{about.date:%m-%d}</span></li>\n'
        for _ in range(length(chance, 29, 0.35, 70))
    )
    return f'<div class="related">\n<h4>相关阅读</h4>\n<ul>\n{links}</ul>\n</div>\n'
