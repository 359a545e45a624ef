import numpy as np
import pytest

from index.events.cosines import Cosines

ROWS = {"a": (1.0, 0.0), "b": (0.6, 0.8), "c": (0.0, 1.0)}


def test_texts_are_embedded_once_and_only_when_asked_for():
    """An unknown cosine is 0 and noted; what was asked for is embedded in one call, and never again."""
    asked = []

    def embed(texts):
        asked.append(sorted(texts))
        return np.array([ROWS[text] for text in texts], dtype=np.float32)

    cosines = Cosines()
    assert cosines.compare("a", "b") == cosines.compare("a", "b") == 0.0
    assert cosines.unknown == 2
    cosines.embed_wanted(embed)
    assert cosines.compare("a", "b") == pytest.approx(0.6)
    assert cosines.compare("b", "c") == 0.0
    cosines.embed_wanted(embed)
    assert cosines.compare("c", "b") == pytest.approx(0.8)
    cosines.embed_wanted(embed)
    assert asked == [["a", "b"], ["c"]]
    assert cosines.unknown == 3
