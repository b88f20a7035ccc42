"""Bodies that are one construct of HTML, Markdown, kramdown, Liquid or code again and again.

Each is a function of its size, so that what it costs at a size can be compared with what it costs
at four times that size.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Body: TypeAlias = Callable[[int], str]


def repeat(unit: str, before: str = "", after: str = "") -> Body:
    """A construct, again and again."""
    return lambda size: before + unit * (size // len(unit.encode())) + after


def nest(opening: str, closing: str, inside: str = "x") -> Body:
    """A construct inside itself."""
    each = len((opening + closing).encode())
    return lambda size: opening * (size // each) + inside + closing * (size // each)


def number(unit: str, before: str = "") -> Body:
    """A construct with a number (`%`) that is another each time."""
    each = len(unit.encode()) + 3
    return lambda size: (
        before + "".join(unit.replace("%", str(count)) for count in range(size // each))
    )


_TAG_NAMES = """
a abbr article aside b big blockquote br button caption center code col dd del details dfn div
dl dt em embed figcaption figure font footer form h1 h3 h6 header hr i iframe img input ins kbd
label li link main mark math menu meta nav noscript object ol option p picture pre q rp rt ruby
s samp script section select small source span strike strong style sub summary sup svg table
tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr xmp
"""
TAGS = tuple(_TAG_NAMES.split())

_LANGUAGE_NAMES = """
bash c clojure cmake console cpp csharp css dart diff docker elixir erlang fortran go graphql
groovy haskell html html+php http ini java javascript json julia kotlin latex lisp lua makefile
markdown matlab nginx nim objective-c ocaml perl php powershell prolog pycon python r rst ruby
rust scala scheme scss sql swift tcl toml typescript verilog vim xml yaml zig
"""
LANGUAGES = tuple(_LANGUAGE_NAMES.split())

CODE = ["x = f('a', 1) # c\n", '"\'`$(${#{<!--R"(/*[[r#"']

MARKDOWN = """
*|**|***|_|__|*a |**a |_a_|*a*|**a**b|~~|~~a|~~a~~|`|``|`a|`a`|``a`|[|]|[]|[a|[a]|[a](|[a](b|
[a](b)|[a](<|[a](b "|[a]: |[a][|[a][b]|![|![a|![a](|![a](b)|[![a](b)](c)|[[|[[a]]|](|](a)[|<|
<<|<a|<a |<a b|<a b=|<a b="|<a b='|<a b="c"|</|</a|<!|<!-|<!--|<!-- a|<!-->|<!--a-->|
<![CDATA[|<?|<?a|<http://a>|<a@b.c>|<>|http://a.b/|http://a.b/(|www.a.b |&|&a|&amp|&amp;|&#|
&#1|&#x|&#27;|&#x1b;|&nbsp;|&lt;|&gt|&NotEqualTilde;|\\\\|\\*|\\[|\\\n|$|$$|$$a|$$a$$|^|^a|
^[a]|[^|[^a|[^a]|[^a]: b|{|{:|{: |{: a|{: .a|{: #a|{:.a}|{: .a}|{::|{::a|{::comment}|
{::nomarkdown}|{{|{{ a|{{ a }}|{%|{% a|{% a %}|{% raw %}|{% endraw %}|{% highlight a %}|
{% endhighlight %}|{% comment %}|{% if a %}|{% include a %}|{% youtube a %}|(|((|)|"|'|''|--|
---|...|<<a>>|“|”|“a”|——|……|！|、|中|中“|文 |a|a |A1|1|1.|.|,|-|=|+|:|;|!|?|#|@|~|\x7f|\x1b[2J|
\u200b|\u200d|\u0301|e\u0301|\ufe0f|\u202e|\U0001f468\u200d|\U0001f1e8|\u3164|\u00ad|\u00a0|
\u3000|\ufeff|\U000e0041
"""

LINES = """
a|- a|* a|+ a|1. a|1) a|- |-|> a|>|> > a|    a|\ta|# a|## a #|###### a|#|a
===|a
---|---|***|___|===|```|```a|~~~|~~~ a|~~~ {: a}|    - a|  - a|- - a|- a
  - b|1. a
   b|: a|a
: b|a

: b
|~ a||a|||a|b|||-|-|||a|b|
|-|-||a|b
-|-|a | b|| a||=|*[a]: b|[a]: b|[a]: <b> "c|[^a]: b|[^a]|{: .a}|{: #a}|{:toc}|* a
{:toc}|{::options a="b" /}|{:a: .b}|# a {#b}|^|1) a
2) b|* a
1. b|* a
  1. b|* {:.a} b|{:
.a}|{:a|*a*{:|a
: b
: c|: a|[^a]: b

    c|[a]: b "c|* a
^|**a**

* a
{:toc}|$$|$$
a
$$|<div>|</div>|<div>a</div>|<div>

a

</div>|<div markdown="1">|<p>|<p>a</p>|<b>a|<!-- a -->|<!-- a|<pre>|<pre>
a
</pre>|<script>|<a
b
|<table><tr><td>a|{% a %}|{% highlight a %}
a
{% endhighlight %}|{{ a }}|{% raw %}|{% if a %}|<http://a>|[a](b)|![a](b)|[返回](a)｜[返回](b)|(a)|\\|中|“a”|
a\\|a  |  a|	|  |> a
b|- a

  b|- a
> b|> - a|1. > a|- ```
  a
  ```
"""


def _constructs() -> dict[str, Body]:
    found: dict[str, Body] = {}
    for tag in TAGS:
        found[f"open {tag}"] = repeat(f"<{tag}>x")
        found[f"closed {tag}"] = repeat(f"<{tag}>x</{tag}>")
        found[f"nested {tag}"] = nest(f"<{tag}>", f"</{tag}>")
        found[f"close {tag}"] = repeat(f"</{tag}>x")
    for unit in MARKDOWN.replace("\n", "").split("|"):
        if unit:
            found[f"text {unit!a}"] = repeat(unit)
            found[f"html {unit!a}"] = repeat(unit, "<p>", "</p>")
    for unit in LINES.strip("\n").split("|"):
        if unit.strip():
            found[f"line {unit!a}"] = repeat(f"{unit}\n")
            found[f"paragraph {unit!a}"] = repeat(f"{unit}\n\n")
    for language in LANGUAGES:
        for unit in CODE:
            found[f"code {language} {unit!a}"] = repeat(unit, f"```{language}\n", "\n```\n")
            blocks = repeat(f"```{language}\n{unit * (400 // len(unit))}\n```\n\n")
            found[f"codes {language} {unit!a}"] = blocks
    tables = {
        "columns": repeat("<td>b", "<table><tr>", "<tr><td>a</table>"),
        "heads": lambda size: (
            "<table><tr>" + "<th>a" * (size // 10) + "<tr>" + "<td>b" * (size // 10)
        ),
        "head rows": repeat("<tr><th>a<th>b", "<table>", "<tr><td>c<td>d"),
        "long head": lambda size: (
            f"<table><tr><th>{'甲' * (size // 6)}<th>b" + "<tr><td>c<td>d" * (size // 28)
        ),
        "long first": lambda size: (
            f"<table><tr><td rowspan=999>{'甲' * (size // 6)}<td>b" + "<tr><td>c" * (size // 20)
        ),
        "spans": repeat("<tr><td rowspan=999 colspan=99>x", "<table>"),
        "row spans": repeat("<tr><td rowspan=999>x<td>y", "<table>"),
        "column spans": repeat("<tr><td colspan=99>x", "<table>"),
        "spanned row": repeat("<td rowspan=200>x", "<table><tr>", "<tr><td>y" * 300),
        "ragged": repeat("<tr><td>x", "<table><tr>" + "<td>a" * 50),
        "high": repeat("x<br>", "<table><tr><td>a<td>", "<tr><td>a" + "<td>b" * 40),
        "links": repeat("<a href=http://h/>x</a><br>", "<table><tr><td>a<td>", "<tr><td>a<td>b"),
        "words": repeat("aaaa ", "<table><tr><td>a<td>", "<tr><td>a<td>b"),
        "lists": repeat("<tr><td><ul><li>a<li>b</ul><td>c", "<table><tr><th>a<th>b"),
        "nested": nest("<table><tr><td>a<td>", "</table>"),
        "pipes": lambda size: (
            "|" + "a|" * (size // 6) + "\n|" + "-|" * (size // 6) + "\n|" + "b|" * (size // 6)
        ),
        "pipe rows": repeat("|b|c|\n", "|a|b|\n|-|-|\n"),
        "pipe links": repeat("|[b](c)|`d`|\n", "|a|b|\n|-|-|\n"),
        "bodies": repeat("|a|b|\n|-|-|\n"),
        "footers": repeat("a|b\n=|=\n"),
        "no table": repeat("a|b\n", after="c"),
        "short rows": lambda size: "|" + "a|" * (size // 8) + "\n" + "|b|\n" * (size // 8),
        "code bars": repeat("|`a", after="|"),
        "code tags": repeat("|<code", after="|"),
        "captions": repeat("<caption>a", "<table>", "<tr><td>b<td>c<tr><td>d<td>e"),
    }
    found |= {f"table {name}": body for name, body in tables.items()}
    found |= {
        "attributes": number(" a%=1", "<p"),
        "anchors": number("<a id=a% href=#a%>x</a>"),
        "links to ids": number("[a](#a%)\n{: #a%}\n\n"),
        "names": number("## a {#a%}\n\n"),
        "footnotes": number("a[^%]\n\n[^%]: b\n\n"),
        "footnotes once": number("[^%]: b\n", "a[^1]\n\n"),
        "references": number("[a%]\n\n[a%]: b\n\n"),
        "abbreviations": number("a% *[a%]: b\n"),
        "abbreviated": number("*[a%]: b\n", "a1 " * 200),
        "fonts": number("<p><font a=%>x</p>"),
        "languages": number("```a%\nx\n```\n\n"),
        "unclosed formatting": repeat("<p><b><i><u>x</p>"),
        "quoted lists": repeat("> - > - a\n"),
        "one word": repeat("a", "<p>"),
        "one word of code": repeat("a", "<pre>"),
        "one address": repeat("a", "<p>http://h/"),
        "one line of code": repeat("中 a", "<pre>"),
        "indents": lambda size: "".join(
            " " * (2 * depth) + "- a\n" for depth in range(int(size**0.5))
        ),
        "tags": repeat("{% include figure a=\"b\" c='d' %}\n\n"),
        "tags on a line": repeat("{% img /a.png b %} "),
        "open tags": repeat("{% a '\""),
        "open shortcodes": repeat("{{< a "),
        "shortcodes": repeat('{{< figure src="a.png" >}}\n'),
        "code blocks": repeat("{% codeblock a %}x{% endcodeblock %}\n"),
        "open code blocks": repeat("{% codeblock a %}\n{% code %}\n"),
        "quotes": repeat("{% blockquote a, b http://h/ %}\nc\n{% endblockquote %}\n"),
        "nested tag quotes": nest("{% blockquote %}\n", "\n{% endblockquote %}"),
        "different quotes": nest("{% note %}\n{% cq %}\n{% tip %}\n", "{% endtip %}{% endcq %}"),
        "highlights in a fence": repeat("{% highlight a %}\n", "```\n", "{% endhighlight %}"),
        "fences in highlights": repeat("{% highlight a %}\n```\n", "", "{% endhighlight %}"),
        "arguments": repeat('a="b" ', "{% include x ", "%}"),
        "words": repeat("a ", "{% img ", "/a.png %}"),
        "values": repeat("{{ a }} ", '{% assign a = "b" %}'),
        "assigned": number('{% assign a% = "b" %}{{ a% }}'),
        "ticks": repeat("`a ``b {% a %} ```c "),
        "vault links": repeat("[[a|b]] "),
        "vault images": repeat("![[a.png|100]]"),
        "vault": repeat("[[a|==b %%c%%\n> [!d] e\n![["),
        "marks": repeat("==a== =="),
        "callouts": repeat("> [!note] a\n> b\n\n"),
        "deep callouts": repeat("> > > > [!note] a\n"),
        "digest": repeat("> a\n", "", "\n<p>b</p>\n\n<http://h/>\n"),
        "styles": repeat('<p style="display:none">x</p>y'),
        "hidden": repeat('<p class="a b sr-only c">x</p>y'),
        "lazy images": repeat('<img src=a.gif data-src=b.jpg alt="c">'),
        "figures": repeat("<figure><img src=a><figcaption>b</figcaption></figure>"),
        "centred captions": repeat("<center><img src=a></center><p align=center>b</p>"),
        "bold paragraphs": repeat("<p><strong>一、题</strong></p>"),
        "sources": repeat('<p class="em_media">（文章来源：某报）</p>'),
        "superscripts": repeat("10<sup>4</sup><sub>2</sub><sup><a href=#a>1</a></sup>"),
        "ruby": repeat("<ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby>"),
        "stocks": repeat('<span id="stock_1"><a class="keytip">名</a></span>'),
        "marks in spans": repeat("<b>\u0301</b>", "<p>e"),
        "spaces": repeat(" ", "a", "b"),
        "pre breaks": repeat("a<br>", "<pre>"),
        "hidden articles": repeat('<div style="visibility:hidden">x</div>'),
        "hidden in hidden": nest("<div style='visibility:hidden'>", "</div>"),
        "seen in hidden": nest("<p hidden><b style='visibility:visible'>", "</b></p>"),
        "twins": repeat("<img data-src=a.jpg><noscript><img src=a.jpg></noscript>"),
        "twins in boxes": repeat("<p><a><picture><img></picture></a><noscript><img src=a>"),
        "many in a noscript": repeat("<img src=a>", "<img><noscript>"),
        "image sets": repeat("a.jpg 1x, ", "<img srcset='", "'>"),
        "image sets of commas": repeat(",", "<img srcset='", "'>"),
        "players": repeat("<video><source src=/a><source src=/b></video>"),
        "objects": nest("<object><param name=movie>", "</object>"),
        "sources of a video": repeat("<source>", "<video>", "</video>"),
        "frames": repeat("<frame src=a>", "<frameset>"),
        "frames cut off": repeat("<frame a='", "<frameset>"),
        "fractions": nest("<mfrac>", "<mn>2</mn></mfrac>", "<mn>1</mn>"),
        "powers": nest("<msup>", "<mn>2</mn></msup>", "<mn>1</mn>"),
        "rows of mathematics": repeat("<mi>x</mi><mo>+</mo>", "<math><msqrt>", "</msqrt></math>"),
        "formulas": repeat("<span class=katex><math><mi>x</mi></math></span>"),
        "previews": repeat("<span class=MathJax_Preview>x</span>"),
        "formulas in attributes": repeat("<i class=MathJax data-mathml='<math><mi>x'>"),
        "formulas in formulas": nest("<span class='katex'>", "</span>"),
        "numbers of items": repeat("<li value=7>x", "<ol reversed type=i>"),
        "counts of items": nest("<ol reversed><li>x", "</ol>"),
        "kept lines": repeat("x\n", "<p style='white-space:pre-line'>"),
        "kept empty lines": repeat("\n", "<p style='white-space:pre'>x", "x"),
        "drawn texts": repeat("<text>a<tspan x=1>b</tspan></text>", "<svg>", "</svg>"),
        "drawings in drawings": nest("<svg><g>", "</g></svg>"),
        "emoji": repeat("<img class=emoji alt=':smile:' src=/1f600.png>"),
        "captions that repeat": repeat("<img src=a alt=x><p>x</p>"),
        "options": repeat("<option>x", "<select>"),
        "prefixed tags": repeat("<o:p>x</o:p>"),
        "prefixed tags cut off": repeat("<o:p a='"),
        "boxes in lines": repeat("x<span style='display:block'>y</span>"),
    }
    return found


CONSTRUCTS = _constructs()
