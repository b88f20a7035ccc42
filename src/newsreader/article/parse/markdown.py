"""Convert Markdown as Jekyll posts use it to HTML: kramdown, on a CommonMark parser."""

from __future__ import annotations

import html
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from newsreader.article.cancellation import NEVER, CancellationToken
from newsreader.article.parse.kramdown.html_blocks import OPTIONS, add_html_blocks, options_in
from newsreader.article.parse.kramdown.inline_parser import InlineParser
from newsreader.article.parse.kramdown.lines import CANCELLATION, check_cancelled, watch
from newsreader.article.parse.kramdown.paragraphs import read_plain_paragraph
from newsreader.article.parse.kramdown.rules import add_kramdown
from newsreader.article.parse.kramdown.typography import set_type
from newsreader.article.parse.liquid import hide_spaces
from newsreader.patterns import compile_late
from newsreader.posts.model import KramdownOptions
from newsreader.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.parser_block import RuleFuncBlockType
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.utils import EnvType, OptionsDict

    from newsreader.article.parse.body_parts import Segment

_CONTROL_ENTITY: Final = compile_late(r"&#(?:([0-9]{1,7})|[xX]([0-9a-fA-F]{1,6}));")
# Nothing else holds these control characters: the sanitiser has taken them out.
_PLACE: Final = compile_late("(?:<p>)?\x02([0-9]+)\x03(?:</p>)?")
# The characters at which a Markdown parser stops, for about 20 microseconds each; a long post has
# 5,000.
_SPECIALS: Final = "\n$%&*+:<=>@[\\]^_`{}~!|#-"
# An address without upper case, per cent signs and letters of other scripts in its host stays.
_PLAIN_URL: Final = compile_late(
    r"(?:https?://[a-z0-9]++(?:[.-][a-z0-9]++)*+)?/(?!/)[A-Za-z0-9._/-]*+(?:\?[A-Za-z0-9._/=&-]*+)?"
    r"(?:#[A-Za-z0-9._/-]*+)?"
)
# The characters that rules for text inside a block begin with.
_INLINE_MARK: Final = compile_late(r"[\n$&*<\[\\\]_`~]|!(?=\[)|\{(?=:)")
# Rules for what ends a paragraph without an empty line in GitHub's Markdown alone.
_GITHUB_INTERRUPTS: Final = frozenset(("fence", "blockquote", "heading", "math"))
# A text without them, but for line feeds that are nothing more than that.
_OTHERS: Final = r"[^\n$&*<\[\\\]_`~!{]*+"
_PLAIN_TEXT: Final = compile_late(
    rf"{_OTHERS}(?:(?:(?<!\ )\n(?![\ \t])|!(?!\[)|\{{(?!:)){_OTHERS})*+"
)
_MAX_SPECIALS: Final = 40_000
_HTML_WEIGHT: Final = 8
# Tokens of a text that are written in a moment.
_FEW: Final = 1_000


def join_html(
    segments: Sequence[Segment],
    token: CancellationToken = NEVER,
    options: KramdownOptions | None = None,
) -> tuple[str, bool]:
    """Join all segments except digests to one HTML text, in order.

    The Markdown of all segments is read as one text, so that link and footnote definitions at its
    end hold everywhere. Markdown that would take seconds to read becomes paragraphs as
    written, and the second value is then true.
    """
    literal_runs: list[list[str]] = []
    source: list[str] = []
    specials = 0
    full = plain = False
    for segment in token.each(segments):
        match segment.kind:
            case "markdown":
                specials += sum(map(segment.text.count, _SPECIALS))
                if specials <= _MAX_SPECIALS:
                    source.append(segment.text)
                    continue
                text = escape_text(segment.text, token)
                plain = True
            case "html":
                specials += _HTML_WEIGHT
                text = segment.text
            case "digest":
                continue
        if full:
            literal_runs[-1].append(text)
            continue
        full = specials > _MAX_SPECIALS
        literal_runs.append([text])
        source.append(f"\x02{len(literal_runs) - 1}\x03")
    places = ["\n".join(texts) for texts in literal_runs]
    if len(places) == len(source):
        return "\n".join(places), plain
    rendered = render_markdown("\n\n".join(source), token, options)
    if not places:
        return rendered, plain
    return _PLACE.sub(lambda place: places[int(place[1])], rendered), plain


def render_markdown(
    text: str, token: CancellationToken = NEVER, options: KramdownOptions | None = None
) -> str:
    """Convert a Markdown text to HTML."""
    options = options or KramdownOptions()
    env = {CANCELLATION: token, OPTIONS: options}
    parser = make_parser(gfm=options.gfm, paragraph_end=options.gfm and options.paragraph_end)
    return str(parser.render(hide_spaces(text), env))


class _Parser(MarkdownIt):
    """A Markdown parser that does not try what cannot be.

    It processes addresses only if something in them could change, and tries only the rules for text
    that can begin where it is.
    """

    def __init__(self) -> None:
        super().__init__("zero", renderer_cls=_Renderer)
        self.inline = InlineParser()
        self.configure("commonmark")

    def normalizeLink(self, url: str) -> str:  # noqa: N802  (markdown-it's own name)
        """Percent-encode what must be encoded in an address."""
        return url if _PLAIN_URL.fullmatch(url) else super().normalizeLink(url)

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802  (markdown-it's own name)
        """Decode an address for display."""
        return link if _PLAIN_URL.fullmatch(link) else super().normalizeLinkText(link)


class _Renderer(RendererHTML):
    """Writes HTML, and looks at the cancellation token of the text as it does."""

    def render(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> str:
        """Write blocks."""
        return super().render(_WatchedTokens(tokens, env), options, env)

    def renderInline(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> str:  # noqa: N802  (markdown-it's own name)
        """Write the text of a block."""
        if len(tokens) == 1 and tokens[0].type == "text":
            return escapeHtml(tokens[0].content)
        if len(tokens) > _FEW:
            tokens = _WatchedTokens(tokens, env)
        return super().renderInline(tokens, options, env)


class _WatchedTokens(list[Token]):
    """Tokens of Markdown, a walk through which looks at the cancellation token of the text."""

    def __init__(self, tokens: Sequence[Token], env: EnvType) -> None:
        super().__init__(tokens)
        self._env = env

    def __iter__(self) -> Iterator[Token]:
        return iter(watch(self._env, super().__iter__()))


@lru_cache(maxsize=4)
def make_parser(
    *, shortcuts: bool = True, gfm: bool = True, paragraph_end: bool = True
) -> MarkdownIt:
    """Make the parser.

    Args:
        shortcuts: Without them, it gives the same result more slowly.
        gfm: Whether it knows what GitHub adds to kramdown.
        paragraph_end: Whether lists, quotes and headings end a paragraph, as on GitHub.
    """
    parser = _Parser() if shortcuts else MarkdownIt("commonmark", renderer_cls=_Renderer)
    parser.enable("strikethrough")
    parser.use(footnote_plugin, inline=False)
    parser.inline.ruler.before("entity", "control_entity", _skip_control_entity)
    add_kramdown(parser)
    add_html_blocks(parser)
    parser.inline.ruler.before("text", "cancellation", _check_token)
    # Lists, quotes and their like ask it at every line of theirs as well.
    interrupts: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    parser.block.ruler.before("table", "cancellation", _check_block_token, interrupts)
    for name in ("text_join", "kramdown"):
        parser.core.ruler.before(name, f"cancellation before {name}", _check_pass)
    for name in parser.inline.ruler2.get_active_rules():
        parser.inline.ruler2.before(name, f"cancellation before {name}", _check_pass)
    if not gfm:
        parser.disable("strikethrough")
    if not paragraph_end:
        for rule in parser.block.ruler.__rules__:
            if rule.name in _GITHUB_INTERRUPTS:
                rule.alt = [each for each in rule.alt if each != "paragraph"]
            elif rule.name == "list":
                rule.fn = partial(_interrupt_items, rule.fn)
    if shortcuts:
        parser.block.ruler.before("table", "plain_paragraph", read_plain_paragraph)
        if isinstance(parser.inline, InlineParser):
            parser.inline.sort_rules(_INLINE_MARK)
        parser.core.ruler.at("inline", _read_inlines)
    # Each is compiled at its first use, while another thread would find it without rules.
    for ruler in (parser.core.ruler, parser.block.ruler, parser.inline.ruler, parser.inline.ruler2):
        ruler.getRules("")
    return parser


def _interrupt_items(
    rule: RuleFuncBlockType, state: StateBlock, line: int, end: int, silent: bool
) -> bool:
    """Read a list, right below text only if that begins an item of a list."""
    if silent and not (state.tokens and state.tokens[-1].type == "list_item_open"):
        return False
    return rule(state, line, end, silent)


def _read_inlines(state: StateCore) -> None:
    """Read the text of all blocks; one without marks, as most are, is no work for any rule."""
    options = options_in(state.env)
    typography = dict(options.typography)
    for token in watch(state.env, state.tokens):
        if token.type != "inline":
            continue
        token.children = children = token.children or []
        text = token.content
        if (options.hard_wrap and "\n" in text) or _PLAIN_TEXT.fullmatch(text) is None:
            state.md.inline.parse(text, state.md, state.env, children)
        elif text:
            children.append(Token("text", "", 0, content=set_type(text, wanted=typography)))


def _check_token(state: StateInline, silent: bool) -> bool:  # noqa: ARG001 - markdown-it's call
    """Stop if the work was cancelled; not a rule of Markdown."""
    check_cancelled(state.env)
    return False


def _check_block_token(state: StateBlock, _line: int, _end: int, silent: bool) -> bool:  # noqa: ARG001 - as above
    check_cancelled(state.env)
    return False


def _check_pass(state: StateCore | StateInline) -> None:
    check_cancelled(state.env)


def _skip_control_entity(state: StateInline, _silent: bool) -> bool:
    """Remove `&#27;` and its like, which CommonMark turns into a replacement character."""
    found = _CONTROL_ENTITY.match(state.src, state.pos)
    if found is None:
        return False
    code = int(found[1]) if found[1] else int(found[2], 16)
    if code > 0x9F or clean_text(chr(code)):
        return False
    state.pos = found.end()
    return True


def escape_text(text: str, token: CancellationToken = NEVER) -> str:
    """Convert plain text to HTML paragraphs."""
    parts = token.each(html.escape(text).split("\n\n"))
    return "".join([f"<p>{part}</p>" for part in parts if part.strip()])
