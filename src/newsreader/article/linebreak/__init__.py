"""The line breaker: Unicode Standard Annex 14, strict for Chinese and Japanese.

The text is translated to one class letter per character (`classes`); patterns settle what depends
on more than two neighbours, a table of pairs the rest (`rules`). Widths become running totals
(`widths`), so a line costs a binary search and a look at the few places before its end (`lines`).

Every case of Unicode's own LineBreakTest.txt comes out as it says, CJ taken as NS and numbers as in
example 7 of section 8.2, but for these tailorings, which the annex invites:

- No line starts with a dash (— is B2: the annex breaks on either side), nor, after spaces, with
  … ： ； or with a dash or a · that has spaces on both sides. U+2015 is a dash as well.
- “ and ‘ are opening brackets, ” and ’ closing ones, if either neighbour is Chinese, Japanese or
  Korean. In the annex they glue both sides, and lines would not be full. (LB19a of version 16 does
  it if both neighbours are; here the border of Latin and Chinese text counts as well.)
- “ takes what follows spaces along where it opens, and ” starts no line even after spaces, unless
  a word follows (LB15a and LB15b of version 15.1; the old LB15 for `"` is gone, as there).
- A hyphen that starts a word stays with it: `--all` (LB20a of version 16).
- A point that starts a number belongs to it: ` .35` (LB15c of version 16).
- `3–5` stays whole like `3-5`, `km/h` and `and/or` like `24/7`: after a slash up to three letters.
- The middle dot never starts a line: `阿·史密斯`. Neither does ～ (U+FF5E), like 〜 (U+301C).
- U+3000 is a space like U+0020, all blanks vanish at the end of a line.
- A web address breaks anywhere, but neither inside `https://` nor before its points.

- Hangul is like Latin letters, so Korean breaks at spaces (section 8.2 asks for it); where there
  are spaces as in Korean, the Hanja in its words and the brackets around them are so as well.

Nothing but an address breaks inside what the annex keeps together, unless it is wider than the
column; then not inside a grapheme cluster. Thai, Lao, Khmer and Burmese are words between spaces,
and what is wider than the column breaks between clusters, to which a leading vowel, a stacked or
silenced consonant and a vowel that is a letter belong. Where words end, only a dictionary knows:
BudouX for Thai takes 150 ms to load and 14 microseconds per character, thirty times as long as all
rules here, at each change of the width.
"""

from newsreader.article.linebreak.lines import (
    LineRange,
    break_anywhere,
    break_lines,
    break_places,
)
from newsreader.article.linebreak.widths import CellLength

__all__ = ["CellLength", "LineRange", "break_anywhere", "break_lines", "break_places"]
