"""Read the text of a block, and try at each place only the rules that can begin there.

markdown-it calls every rule at every mark, of which twenty look at one character and return.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markdown_it.parser_inline import ParserInline

from newsreader.article.cancellation import NEVER, CancellationToken
from newsreader.article.parse.kramdown.lines import CANCELLATION

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping

    from markdown_it.parser_inline import RuleFuncInlineType
    from markdown_it.rules_inline import StateInline

_BEGINNINGS: Final = {
    "attribute_list": "{",
    "newline": "\n",
    "escape": "\\",
    "math": "$",
    "extension": "{",
    "backticks": "`",
    "strikethrough": "~",
    "emphasis": "*_",
    "link": "[",
    "image": "!",
    "footnote_ref": "[",
    "prefixed_tag": "<",
    "autolink": "<",
    "raw_element": "<",
    "guillemets": "<",
    "html_inline": "<",
    "control_entity": "&",
    "entity": "&",
}
"""The characters that each rule can begin with; a rule that is not named is tried nowhere."""


class InlineParser(ParserInline):
    """markdown-it's parser of text, with the rules sorted by the characters that they begin with.

    It looks at the cancellation token of the text at every mark.
    """

    def __init__(self) -> None:
        super().__init__()
        self._rules: Mapping[str, tuple[RuleFuncInlineType, ...]] = {}

    def sort_rules(self, mark: re.Pattern[str]) -> None:
        """Sort the rules that are active now; the text before each `mark` is plain."""
        self.terminator_re = mark
        rules: dict[str, list[RuleFuncInlineType]] = {}
        for name, rule in zip(self.ruler.get_active_rules(), self.ruler.getRules(""), strict=True):
            for character in _BEGINNINGS.get(name, ""):
                rules.setdefault(character, []).append(rule)
        self._rules = {character: tuple(each) for character, each in rules.items()}

    def tokenize(self, state: StateInline) -> None:
        """Append the tokens of the text up to `state.posMax`."""
        source, end = state.src, state.posMax
        search, rules = self.terminator_re.search, self._rules
        token: CancellationToken = state.env.get(CANCELLATION, NEVER)
        deepest = state.md.options["maxNesting"]
        while (at := state.pos) < end:
            token.check()
            found = search(source, at)
            stop = min(found.start(), end) if found is not None else end
            if stop > at:
                state.append_pending(source[at:stop])
                state.pos = stop
                continue
            if state.level < deepest:
                for rule in rules.get(source[at], ()):
                    if rule(state, False):
                        break
                else:
                    state.append_pending(source[at])
                    state.pos += 1
            else:
                state.append_pending(source[at])
                state.pos += 1
        if state.pending:
            state.pushPending()

    def skipToken(self, state: StateInline) -> None:  # noqa: N802  (markdown-it's own name)
        """Go on to the end of the token that begins here, and remember where that is."""
        at = state.pos
        if at in state.cache:
            state.pos = state.cache[at]
            return
        check: CancellationToken = state.env.get(CANCELLATION, NEVER)
        check.check()
        if state.level >= state.md.options["maxNesting"]:
            state.pos = state.posMax + 1
        else:
            found = self.terminator_re.search(state.src, at)
            stop = found.start() if found is not None else state.posMax
            if stop > at:
                state.pos = stop
            else:
                state.level += 1
                if not any(rule(state, True) for rule in self._rules.get(state.src[at], ())):
                    state.pos += 1
                state.level -= 1
        state.cache[at] = state.pos
