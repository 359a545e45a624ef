"""Cosines between sentences, each of which is embedded once, and only when a rule asks for it.

The rules that pair disputes run over it until they ask for nothing new: most sentences of most reports are
never worth embedding, and which ones are shows only while the rules run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.embedding import Vectors

Embed = Callable[[Sequence[str]], Vectors]
"""Gives (n, d) float32 unit rows for n texts."""


class Cosines:
    """Cosines between texts; a text that is not embedded yet is noted, and is like no other so far.

    Attributes:
        unknown: how often a cosine was asked for that is not known yet.
    """

    def __init__(self) -> None:
        self.unknown = 0
        self._rows: dict[str, NDArray[np.float32]] = {}  # (d,) unit row of each text
        self._wanted: dict[str, None] = {}

    def compare(self, one: str, two: str) -> float:
        """Return the cosine of two texts, in [-1, 1]; 0.0 until both are embedded."""
        left, right = self._rows.get(one), self._rows.get(two)
        if left is not None and right is not None:
            return float(left @ right)
        self.unknown += 1
        self._wanted.update((text, None) for text in (one, two) if text not in self._rows)
        return 0.0

    def embed_wanted(self, embed: Embed) -> None:
        """Embed, in one call, what was asked for since the last one."""
        texts = tuple(self._wanted)
        if texts:
            self._rows.update(zip(texts, np.asarray(embed(texts), dtype=np.float32), strict=True))
        self._wanted.clear()
