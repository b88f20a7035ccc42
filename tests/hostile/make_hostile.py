"""Folders that attack whoever reads them: posts, sites, a config file, exported bookmarks.

Made by a script, so that nothing of the kind lies in the repository. By hand, to look at one:
`python -m tests.hostile.make_hostile FOLDER`.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

MARK: Final = "PWNED"
"""Stands in each payload that has room for a word; no sequence that is written may hold it."""

PAYLOADS: Final = {
    # What a terminal obeys (ECMA-48, xterm's ctlseqs, kitty's protocols).
    "clear the screen": "\x1b[2J\x1b[3J\x1b[H",
    "move the cursor": "\x1b[777;777H\x1b[99A\x1b[s\x1b[u",
    "colour": "\x1b[6;8;35m",
    "full reset": "\x1bc\x1b#8\x1b(0",
    "modes": "\x1b[?1049l\x1b[?1003h\x1b[?47h\x1b[4h\x1b[5i",
    "window title": f"\x1b]0;{MARK}\x07\x1b]2;{MARK}\x1b\\",
    "clipboard": "\x1b]52;c;UFdORUQ=\x07\x1b]52;c;?\x1b\\",
    "hyperlink": f"\x1b]8;;file:///{MARK}\x1b\\x\x1b]8;;\x1b\\",
    "palette": "\x1b]4;0;?\x07\x1b]10;#000000\x07\x1b]104\x07",
    "notification": f"\x1b]9;{MARK}\x07\x1b]777;notify;{MARK};x\x07\x1b]1337;File=:AA==\x07",
    "device control": f'\x1bP$q"p\x1b\\\x1bPtmux;\x1b\x1b]0;{MARK}\x07\x1b\\',
    "application command": f"\x1b_{MARK}\x1b\\\x1b^{MARK}\x1b\\\x1bX{MARK}\x1b\\",
    "kitty graphics": "\x1b_Gf=24,s=1,v=1,a=T;AAAA\x1b\\",
    "reports": "\x1b[6n\x1b[c\x1b[>q\x1b[21t\x1b[?2026$p\x05",
    "end of a paste": "\x1b[201~\rq\x1b[200~",
    "one byte controls": f"\x9b2J\x9d0;{MARK}\x9c\x90{MARK}\x9c\x9f{MARK}\x9c\x85\x8d",
    "controls": "a\x07b\x08c\x0bd\x0ce\x0ef\x0fg\x7fh\x18i\x1aj\x1bk\x00l\rm",
    "separators": "a\u2028b\u2029c\x85d\x1ce\x1df\x1eg\x1fh",
    # What nobody sees, or sees in another order.
    "overrides": "a\u202egnp.exe\u202c\u202d\u202a\u202b",
    "isolates": "a\u2066b\u2067c\u2068d\u2069\u200e\u200f\u061c",
    "tag characters": "a" + "".join(chr(0xE0000 + ord(each)) for each in MARK) + "\U000e0001",
    "zero width": "a" + "\u200b\u200c\u200d\u2060\ufeff" * 40 + "b",
    "towers": "e" + "\u0301\u0308\u0323\u0483" * 40 + "x",
    "fillers": "a\u3164\uffa0\u115f\u1160\u2800\u00ad\u034f\u180e\u17b4b",
    "noncharacters": "a\ufffe\uffff\U0001ffff\ufff9b\ufffac\ufffb\ue000",
    # What the libraries that draw would obey.
    "markup": f"[bold red]x[/] [/nothing] [@click=app.exit]{MARK}[/] [link=file:///x]y[/link] [",
    "markup of rich": f":warning: [on red]{MARK}[/on red] \\[x] [#ff0000]y [not bold",
    # What is decoded once more than expected.
    "entities": f"&#27;]0;{MARK}&#7; &#x1b;[2J &#155;2J &#x9b;2J &#0; &#8238;x &#xe0041;",
    "doubled entities": f"&amp;#27;]0;{MARK}&amp;#7; &amp;amp;#x1b;[2J &#38;#27;[2J",
    "per cent": f"%1b%5d0;{MARK}%07 %9b2J %C2%9B2J \\x1b[2J \\033[2J \\e[2J \\u001b[2J",
    "yaml": "\\e]0;x\\a \\x9b \\N \\L \\_",
    "templates": "{{ site.title }} {% include x %} %(x)s {0} %s $(id) `id` ${HOME}",
    "html": f'</title><script>{MARK}</script><img src=x onerror="{MARK}"><!-- x --!> ]]>',
}
"""By what they try. Each is put into every field."""


def _yaml(text: str) -> str:
    """A text in double quotes, whatever it holds, as YAML and JSON read it."""
    return "".join(
        f"\\U{ord(each):08x}" if not each.isprintable() or each in '"\\' else each for each in text
    ).join('""')


def post_text(number: int, payload: str, *, escaped: bool) -> str:
    """A post that has a payload in every field.

    The title begins with `P` and the number. `E` and the number stand before the elements that
    may hide what follows them: a payload that ends with a backslash keeps them from being closed.

    Args:
        number: Of the post.
        payload: What to put there.
        escaped: Whether its characters are written as escapes of YAML and entities of HTML, and
            come to be in reading only.
    """
    value = _yaml(payload) if escaped else payload.replace("\r", "").replace("\n", "")
    bare = value[1:-1] if escaped else value
    quoted = (lambda text: f'"{text}"') if escaped else (lambda text: text)
    body = "".join(f"&#{ord(each)};" for each in payload) if escaped else payload
    code = "".join(each for each in payload if each not in "\r\n`")
    return f"""---
title: {quoted(f"P{number:03} {bare}")}
date: {
        quoted(f"2024-01-{number % 28 + 1:02} 08:00:00 {bare}")
        if number % 5 == 4
        else f"2024-01-01 {number // 60:02}:{number % 60:02}:00"
    }
categories: [{quoted(bare) if escaped else _yaml(payload)}, plain]
tags: [{_yaml(payload)}]
author: {quoted(bare)}
lang: {quoted(bare)}
link: {quoted(f"https://h.example/{bare}")}
description: {quoted(bare)}
image: {quoted(bare)}
---
First {body}

# Heading {body}

## Named {{#{code}}}

[text {body}](https://h.example/{body.replace(" ", "")} "title {body}")
[reference]: https://h.example/{body.replace(" ", "")} "{body}"
<https://h.example/{code}> and [reference] and [^note{code}] and `code {code}`

![alt {body}](/images/{body.replace(" ", "")}.png "caption {body}")

[^note{code}]: Footnote {body}

| head {body} | b |
|---|---|
| cell {body} | {body} |

- item {body}

> quote {body}

Term {body}
: meaning {body}

```{code}
code {code}
```

{{% highlight {code} %}}
code {code}
{{% endhighlight %}}

$$ {code} $$

<a href="https://h.example/?{body}" title="{body}">a {body}</a> <a href="{body}">b</a>
<a href="javascript:{body}">c</a> <a href="file:///{body}">d</a> <a href="data:,{body}">e</a>
<a href="http://h.example/%1b]52;c;UFdORUQ=%07{body}">f</a> <a href="//{body}">g</a>
<a href="mailto:{body}@h.example">h</a> <a href="#{body}">i</a> <a href="HTTP://{body}@h/">j</a>
<h3 id="{body}">Id {body}</h3> <abbr title="{body}">abbr</abbr> <kbd>{body}</kbd>
<figure><img src="https://h.example/{body}.png" alt="{body}" title="{body}">
<figcaption>caption {body}</figcaption></figure>
<video src="https://h.example/{body}" title="{body}"></video> <iframe src="https://{body}"></iframe>
<audio src="{body}"></audio> <object data="{body}">{body}</object> <svg><title>{body}</title></svg>
<table><caption>{body}</caption><tr><th>{body}</th><td>{body}</td></tr></table>
<pre><code class="language-{body}">{body}</code></pre>
<details><summary>{body}</summary>{body}</details>
<dl><dt>{body}</dt><dd>{body}</dd></dl> <input value="{body}">

<p>Last E{number:03}</p>

<math><mi>{body}</mi></math> <ruby>{body}<rt>{body}</rt></ruby>
<textarea>{body}</textarea> <style>{body}</style> <script>{body}</script>
"""


def file_name(payload: str) -> bytes:
    """A payload as a name that a file may have; bytes that are no text for lone surrogates."""
    name = payload.replace("/", "∕").replace("\0", "")
    raw = name.encode("utf-8", "surrogateescape")[:180]
    return raw.decode("utf-8", "ignore").encode()


ENCODED: Final[dict[str, Callable[[str], bytes]]] = {
    "byte order mark": lambda text: b"\xef\xbb\xbf" + text.encode("utf-8", "replace"),
    "gb18030": lambda text: (text + "中文新闻，今天的消息。" * 20).encode("gb18030", "replace"),
    "utf-16": lambda text: text.encode("utf-16", "replace"),
    "overlong": lambda text: text.encode("utf-8", "replace").replace(
        b"\x1b", b"\xc0\x9b\xe0\x80\x9b\xf0\x80\x80\x9b"
    ),
    "raw c1": lambda text: text.encode("utf-8", "replace").replace(b"\x1b[", b"\x9b"),
    "surrogates": lambda text: (text + "\ud800\udc1b\udfff").encode("utf-8", "surrogatepass"),
    "cut": lambda text: text.encode("utf-8", "replace") + b"\xe4\xb8",
    "nul": lambda text: b"\0" + text.replace(" ", " \0").encode("utf-8", "replace"),
}
"""Ways to write a file; each is tried with the payload that sets a title."""


def posts() -> Iterator[tuple[str, bytes]]:
    """Every post: what it tries, and its bytes. The first line of the front matter stays whole."""
    number = 0
    for what, payload in PAYLOADS.items():
        for escaped in (False, True):
            text = post_text(number, payload, escaped=escaped)
            yield f"{what}, {'escaped' if escaped else 'raw'}", text.encode("utf-8", "replace")
            number += 1
    for what, encode in ENCODED.items():
        text = post_text(number, PAYLOADS["window title"], escaped=False)
        # After the opening line: a file that does not begin with it is none.
        yield what, encode(text) if what != "nul" else b"---\n" + encode(text[4:])
        number += 1


def write(path: bytes, content: bytes) -> bool:
    """Write a file and the folders above it; False if this file system has no such name."""
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120 - bytes
        with open(path, "wb") as file:  # noqa: PTH123
            file.write(content)
    except (OSError, ValueError):
        return False
    return True


def make_posts(folder: Path, step: int = 1) -> int:
    """Make a source: sites whose settings, folders and files have such names; count its posts.

    Args:
        folder: Where to.
        step: Of how many posts one is made.
    """
    made = 0
    top = os.fsencode(folder)
    payloads = list(PAYLOADS.values())
    for number, (_, raw) in enumerate(posts()):
        if number % step:
            continue
        payload = payloads[number // 2 % len(payloads)]
        site = b"%s/site-%02d" % (top, number // 2 % len(payloads))
        name = b"/%s/_posts/2024-01-01-%03d-%s.md" % (
            file_name(payload) if number % 2 else b"plain",
            number,
            file_name(payload) if number % 3 else b"\xff\xfe",
        )
        made += write(site + name, raw)
    for number, payload in enumerate(payloads):
        value = _yaml(payload)
        config = f"title: {value}\nurl: {_yaml('https://h.example/' + payload)}\n"
        config += f"timezone: {value}\nencoding: {value}\nauthor: {value}\n"
        write(b"%s/site-%02d/_config.yml" % (top, number), config.encode("utf-8", "replace"))
    return made


def config_text(sources: list[Path]) -> str:
    """A config file whose names attack; JSON is YAML."""
    return json.dumps(
        {
            "sources": [
                {"path": str(source), "name": PAYLOADS["window title"]} for source in sources
            ]
            + [{"path": f"/nowhere/{payload}", "name": payload} for payload in PAYLOADS.values()],
            "searches": [
                {"name": f"S{number:02} {payload}", "query": f"P{number:03} {payload}"}
                for number, payload in enumerate(PAYLOADS.values())
            ],
            PAYLOADS["clear the screen"]: PAYLOADS["window title"],
            "theme": PAYLOADS["markup"],
        }
    )


def make_export(folder: Path, step: int = 1) -> int:
    """Make an export of bookmarks, each of whose fields attacks; count the bookmarks.

    Args:
        folder: Where to.
        step: Of how many bookmarks one is made.
    """
    entries: list[object] = []
    folder.mkdir(parents=True, exist_ok=True)
    for number, (what, payload) in enumerate(PAYLOADS.items()):
        if number % step:
            continue
        raw = post_text(number, payload, escaped=bool(number % 2)).encode("utf-8", "replace")
        name = f"_posts/2024-01-01-{number:03}.md"
        assert write(os.fsencode(folder / name), raw), what
        named = payload.replace("\0", "")
        entries.append(
            {
                "file": name,
                "sha256": hashlib.sha256(raw).hexdigest(),
                "title": f"P{number:03} {payload}",
                "date": "2024-01-01T08:00:00",
                "has_time": True,
                "categories": [payload, "plain"],
                "tags": [payload],
                "saved": payload,
                "saved_at": 1_700_000_000 + number,
                "note": f"Note {number:03} {payload}\nsecond {payload}",
                "position": {"offset": 0, "context": payload},
                "source": f"/nowhere/{named}",
                "path": f"{named.replace('/', '_')}/_posts/{number:03}.md",
                "site_path": f"{named.replace('/', '_')}/_posts/{number:03}.md",
                "site": {"title": payload, "url": f"https://h/{payload}", "timezone": payload},
                "mtime_ns": 1,
                "left_out": [f"/images/{payload}"],
                "images": [],
            }
        )
    manifest = {
        "format": "newsreader bookmarks",
        "version": 1,
        "config": PAYLOADS["window title"],
        "bookmarks": entries,
    }
    (folder / "bookmarks.json").write_text(json.dumps(manifest), encoding="utf-8")
    return len(entries)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    print(make_posts(target / "posts"), "posts", make_export(target / "export"), "bookmarks")
    (target / "config.yaml").write_text(config_text([target / "posts"]), encoding="utf-8")
