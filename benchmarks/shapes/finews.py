"""Short clean news of one generator: a digest, HTML in one line, the source, a navigation line.

About 3.5 KB: headings, pictures, stock links and hidden parts among the paragraphs.
"""

from __future__ import annotations

import random

from benchmarks.shapes.words import About, sentences, words


def finews(chance: random.Random, about: About) -> str:
    """The text of a post."""
    number = about.number
    address = f"http://source.example/a/{about.date:%Y%m%d}{number:08d}.html"
    paragraphs = [f"<p>　　{sentences(chance)}</p>" for _ in range(chance.randint(8, 14))]
    digest = sentences(chance)
    if chance.random() < 0.3:
        paragraphs[0] = f"<p>　　{digest}{sentences(chance)}</p>"
    for place in range(2, len(paragraphs), 5):
        paragraphs.insert(place, f"<p><strong>{words(chance, 3, 5)}</strong></p>")
    if chance.random() < 0.3:
        picture = f'<center><img src="//img.example/{number}.jpg" alt=""></center>'
        caption = f'<p style="text-align:center;">{words(chance, 2, 4)}</p>'
        paragraphs.insert(1, picture + caption)
    if chance.random() < 0.2:
        paragraphs.insert(-1, _stock(chance, number))
    if chance.random() < 0.1:
        hidden = f'<p style="display:none;">{words(chance, 3, 6)}</p><!-- {about.category} -->'
        paragraphs.insert(-1, hidden)
    return (
        f"{about.front_matter()}> {digest}\n\n{''.join(paragraphs)}"
        f'<p class="em_media">（文章来源：{words(chance, 1, 1)}日报）</p>\n\n<{address}>\n\n'
        f"[返回{about.tag}](//news.example/category/{about.category}.html)"
        "｜[返回首页](//news.example/)\n"
    )


def _stock(chance: random.Random, number: int) -> str:
    name = words(chance, 2, 2)
    return (
        f'<p>　　{words(chance, 2, 5)}<span id="stock_{number % 4000:06d}">'
        f'<a class="keytip" data-code="{number % 4000:06d}" href="//stock.example/{number % 4000}">'
        f'{name}</a></span><span id="quote_{number % 4000:06d}"></span>{sentences(chance)}</p>'
        f'<center><img src="//chart.example/{number}.png" alt="K图 {number % 4000}_0"></center>'
    )
