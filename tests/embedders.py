"""An embedder whose vectors can be worked out by hand, for tests that need no model."""

import numpy as np

DIMENSION = 64


class CountingEmbedder:
    """Counts words into buckets by the sum of their letters; remembers how many texts it embedded."""

    identity = "counting-1"
    dimension = DIMENSION
    max_tokens = 256

    def __init__(self):
        self.embedded = 0

    def embed_passages(self, texts, on_progress=None):
        self.embedded += len(texts)
        if on_progress:
            on_progress(len(texts), len(texts))
        return self.embed_questions(texts)

    def embed_questions(self, texts):
        rows = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in text.lower().split():
                row[sum(map(ord, word.strip(".,?!“”"))) % DIMENSION] += 1
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)

    def count_tokens(self, texts):
        return [len(text.split()) for text in texts]
