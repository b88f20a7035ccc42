"""The Latin character on the key of a character of another keyboard, or of an input method.

Nobody should have to change the layout, or leave an input method, to press `j` or to quit.
"""

from __future__ import annotations

from typing import Final

from newsreader.tui.keyboard.key_names import FULL_WIDTH

_CHINESE: Final = {"、": "/", "【": "[", "】": "]", "《": "<", "》": ">", "。": ".", "，": ","}
"""What a Chinese input method sends for punctuation, beside the full-width forms."""

_LATIN: Final = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
_SHIFTED: Final = 'QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>'
_CYRILLIC: Final = "йцукенгшщзхъфывапролджэячсмитьбю"
_OTHER_CYRILLIC: Final = {"ё": "`", "Ё": "~", "ў": "o", "Ў": "O", "№": "#"}
_UKRAINIAN: Final = dict(zip("іїєґІЇЄҐ", "s]'\\S}\"|", strict=True))
_GREEK: Final = dict(zip("ςερτυθιοπασδφγηξκλζχψωβνμ", "wertyuiopasdfghjklzxcvbnm", strict=True))


def _latin_keys() -> dict[str, str]:
    keys = {wide: ascii_form for ascii_form, wide in FULL_WIDTH.items()}
    keys |= _CHINESE
    keys |= zip(_CYRILLIC, _LATIN, strict=True)
    keys |= zip(_CYRILLIC.upper(), _SHIFTED, strict=True)
    keys |= _OTHER_CYRILLIC | _UKRAINIAN | _GREEK
    keys |= {
        greek.upper(): latin.upper() for greek, latin in _GREEK.items() if greek != "ς"
    }  # its capital is that of σ
    return keys


LATIN_KEYS: Final = _latin_keys()
"""For each such character, what the same key types in Latin letters: `о` is `j`.

Cyrillic as in ЙЦУКЕН, with the letters of the Ukrainian and Belarusian layouts; Greek, whose `q` is
a semicolon and so cannot be told from one; and full-width forms.
"""
