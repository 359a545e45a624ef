"""Words from reports that are written from right to left, kept in their place within a line of the bot's own.

Rendering passes names and headlines through here; quotes stand on lines of their own and stay as they are.
"""

from __future__ import annotations

import unicodedata

_ISOLATE, _POP = "\u2068", "\u2069"  # FIRST STRONG ISOLATE, POP DIRECTIONAL ISOLATE
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI"})


def isolate(text: str) -> str:
    """Return the text, isolated (Unicode Standard Annex 9) where any of it runs from right to left.

    Without it the bidirectional algorithm takes what stands beside an Arabic or Hebrew name for a part of it:
    of "صحيفة · 8 Feb 2023" the 8 is shown on the name's far side, away from its month.
    """
    if any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in text):
        return f"{_ISOLATE}{text}{_POP}"
    return text
