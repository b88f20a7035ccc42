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
        # Words that a tag marks, links, and titles of what is folded
        ("甲{% label primary@一 %}{% label 二 blue %}{% span red, 三 %}{% u 四 %}。",
         ["p 甲一二三四。"]),
        ("{% checkbox checked, 一 %}、{% label %}", ["p 一、"]),
        ("见{% btn 'https://h.example/',乙,fa fa-home,blue %}。",
         ["p 见⟦乙|>https://h.example/⟧。"]),
        ("见{% link 乙, https://h.example/, /a.png %}。", ["p 见⟦乙|>https://h.example/⟧。"]),
        ("见{{< button href='https://h.example/' >}}*乙*{{< /button >}}。",
         ["p 见⟦乙|i >https://h.example/⟧。"]),
        ('见{{< link "https://h.example/" "乙" >}}。', ["p 见⟦乙|>https://h.example/⟧。"]),
        ("{% folding green, 题 %}\n甲\n{% endfolding %}", ["h2 题", "p 甲"]),
        ('{{< details "题" >}}\n甲\n{{< /details >}}', ["h2 题", "p 甲"]),
        ("{% tabs x %}\n<!-- tab 题@icon -->\n甲\n<!-- endtab -->\n{% endtabs %}",
         ["h2 题", "p 甲"]),
        # Diagrams and formulas
        ("{% mermaid %}\na --> b\n{% endmermaid %}", ["code mermaid", "  |a --> b"]),
        ("{{< mermaid >}}\na -- b\n{{< /mermaid >}}", ["code mermaid", "  |a -- b"]),
        ("有{% katex %}a_1*b*c{% endkatex %}。", ["p 有⟦a_1*b*c|c⟧。"]),
        ("{{< math >}}\na_1\nb_2\n{{< /math >}}", ["code latex", "  |a_1", "  |b_2"]),
        # Plugins that nobody knows play something
        ('{% aplayer "题" "人" "https://h.example/a.mp3" %}',
         ["audio https://h.example/a.mp3 alt=题 人"]),
        ('{% dplayer "url=https://h.example/a.mp4" "pic=/a.png" %}',
         ["video https://h.example/a.mp4"]),
        ('{% meting "60198" "netease" %}', ["p ▶ [meting: 60198 netease]"]),
        ("甲{% if page.url == 'https://h.example/a.mp4' %}{% endif %}", ["p 甲"]),
        ("{% image https://h.example/a.png, alt=乙 %}", ["image https://h.example/a.png alt=乙"]),
        # Zola's shortcodes
        ('{{ youtube(id="a") }}', ["video https://www.youtube.com/watch?v=a"]),
        ('{{ image(src="/a.png",\n  alt="乙") }}', ["image https://s.example/a.png alt=乙"]),
        ('{% quote(author="鲁迅") %}\n甲\n{% end %}', ["quote", "  p 甲", "  p — 鲁迅"]),
        ("甲{{ f() }}[乙]({{ g(a='b') }})", ["p 甲⟦…|d⟧乙"]),
        ('![图]({{< static "/a.png" >}})', ["image https://s.example/a.png"]),
        # Code in a quote, and what a quote pulls out
        ("> 甲\n>\n> {% highlight c %}\n> x\n> {% endhighlight %}",
         ["quote", "  p 甲", "  code c", "    |x"]),
        ('{% pullquote %}\n甲{" 乙 "}丙\n{% endpullquote %}', ["quote", "  p 甲乙丙"]),
        ("> [!quote|wide]- 题\n> 甲", ["quote", "  p ⟦题|b⟧", "  p 甲"]),
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
        *("{% label x@y %}", "{% tab z %}", "{{ f(a='b') }}", "{% q(a='b') %}", "{% end %}"),
        *("{% math %}", "{% endmath %}", "{{< button href='/u' >}}", "{{< /button >}}"),
        *("<!-- tab z -->", "> {% highlight c %}\n> "),
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
