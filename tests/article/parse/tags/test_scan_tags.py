"""What tags leave, and that nothing around them is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.article.document import CodeBlock, Figure, leaves
from newsreader.article.parse.parse_article import parse_body
from newsreader.article.parse.tags.scan_tags import part_tags
from tests.article.dump import dump


def lines(body: str) -> list[str]:
    return dump(parse_body(body, site_url="https://s.example")).splitlines()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # Code is never lost, whatever is around it or missing
        ("~~~\n{% highlight c %}\nx\n{% endhighlight %}\n~~~", ["code", "  |x"]),
        ("```\na\n{% highlight c %}\nb\n```\n\nc",
         ["code", "  |a", "  |{% highlight c %}", "  |b", "p c"]),
        ("{% highlight c %}\n```\na\n```\n{% endhighlight %}",
         ["code c", "  |```", "  |a", "  |```"]),
        ("{% highlight c %}\na\n\nb", ["p a", "p b"]),
        ("a\n{% endhighlight %}\nb", ["p a b"]),
        ("{%- highlight c -%}\na\n{%- endhighlight -%}", ["code c", "  |a"]),
        ("一{% code lang:c %}x{% endcode %}二", ["p 一", "code c", "  |x", "p 二"]),
        # A value that only a template knows is no address
        ("甲{% include figure image_path=page.image %}", ["p 甲"]),
        ("甲{% include x.html src=include.src caption='乙' %}", ["p 甲", "p [x: 乙]"]),
        ('{% include image.html url="{{ site.url }}/a.png" %}', ["image https://s.example/a.png"]),
        # Where a tag is an address it stays one
        ("[甲]({% post_url 2020-01-01-a %})", ["p 甲"]),
        ("![甲]({% asset_path a.png %})", ["image - alt=甲"]),
        ("见 {% post_url 2020-01-01-a %}", ["p 见 2020-01-01-a"]),
        ("{% link 百度 https://h.example/ true %}", ["p ⟦百度|d >https://h.example/⟧"]),
        # Other people's tags leave nothing, their text stays
        ("{% for a in b %}甲{% endfor %}{% include nav.html %}", ["p 甲"]),
        ("{% tabs x %}甲{% endtabs %}", ["p 甲"]),
        ("{{< tabs >}}甲{{< /tabs >}}", ["p 甲"]),
        # Quotes
        ("{% blockquote @a https://h.example/s %}\n甲\n{% endblockquote %}",
         ["quote", "  p 甲", "  p — @a, ⟦https://h.example/s|>https://h.example/s⟧"]),
        ("- 甲\n\n  {% note %}\n  乙\n  {% endnote %}",
         ["bullet loose", "  -", "    p 甲", "    quote", "      p 乙"]),
        ("{% note info no-icon 题 %}\n甲\n{% endnote %}", ["quote", "  p ⟦题|b⟧", "  p 甲"]),
        ("{% blockquote %}\n甲", ["p 甲"]),
        # Assigned texts
        ("{% assign a = 'b' %}{{ a }}、{{ c }}", ["p b、⟦…|d⟧"]),
        ('{% assign p = "/a.png" %}{% include figure image_path=p %}',
         ["image https://s.example/a.png"]),
        # Backticks that nothing closes begin no code
        ("`甲\n\n{% img /a.png %}`", ["p `甲", "image https://s.example/a.png", "p `"]),
    ],
)  # fmt: skip
def test_a_tag_leaves_what_it_stands_for(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


WORDS = st.sampled_from(["w0w", "w1w", "w2w", "w3w", "w4w"])
TAGS = st.sampled_from(
    [
        *("{% highlight c %}\n", "{% endhighlight %}\n", "{% codeblock t %}", "{% endcodeblock %}"),
        *("{% blockquote a, b %}\n", "{% endblockquote %}\n", "{% note x %}", "{% endnote %}"),
        *("{% include figure a='b' %}", "{% if a %}", "{{ a }}", "{% assign a='b' %}", "{{< x >}}"),
        *("{{% notice %}}\n", "{{% /notice %}}\n", "{% img a.png %}", "![[a.png]]", "[[a|b]]"),
        *("\n```\n", "`", "\n\n", "\n> ", "\n- ", "\n    ", " ", "==", "[[", "]]", "> [!note] "),
    ]
)


@given(st.lists(st.one_of(WORDS, TAGS), max_size=30).map("".join))
def test_no_word_between_tags_is_lost_or_moved(body: str) -> None:
    left = "".join(part.text for part in part_tags(body))
    assert re.findall("w[0-9]w", left) == re.findall("w[0-9]w", body)


def test_a_document_of_tags_has_their_media_and_code() -> None:
    document = parse_body("{% youtube a %}\n\n{% codeblock %}b{% endcodeblock %}\n\n{% gist c/1 %}")
    found = [leaf for leaf in leaves(document.blocks) if isinstance(leaf, Figure | CodeBlock)]
    assert [type(leaf) for leaf in found] == [Figure, CodeBlock, Figure]
