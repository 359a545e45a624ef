"""Makes the table that token vectors are projected on: `python -m index.evaluation.token_basis`.

Reads the passages of the configured index; the table that ships is of the sample articles, which are the
project's own. After making it anew, DETAIL_VERSION must be raised, and all weights learned again.
"""

from __future__ import annotations

from pathlib import Path

import click
import numpy as np

from index.embedding import SentenceEmbedder, load_embedder
from index.evaluation.commands import EvaluationCommand, config_option
from index.interaction import BASIS, Column, scale_rows
from index.settings import IndexSettings
from index.store.generations import Generation, open_generation
from index.texts.chunking import embedded_text


@click.command(cls=EvaluationCommand)
@config_option
@click.option("--width", type=click.IntRange(1, 384), default=48, show_default=True, help="Components kept.")
@click.option("--out", type=click.Path(path_type=Path), default=Path("index") / BASIS, show_default=True)
def main(settings: IndexSettings, width: int, out: Path) -> None:
    """Write the principal components of the tokens of the index's passages."""
    embedder = load_embedder(settings.embedding, settings.base)
    if not isinstance(embedder, SentenceEmbedder):
        raise click.ClickException(f"{embedder.identity} hands over no tokens")
    generation = open_generation(settings.data_folder, embedder.identity)
    tokens = collect_tokens(generation, embedder)
    np.savez_compressed(out, basis=find_components(tokens, width).astype(np.float16))
    click.echo(f"written: {out}, from {len(tokens)} tokens")


def collect_tokens(generation: Generation, embedder: SentenceEmbedder) -> Column:
    """Return the (t, d) unit token vectors of all passages."""
    texts = [
        embedded_text(article.title, passage.text)
        for article in generation.catalogue.articles()
        for passage in generation.catalogue.passages_of(article.id)
    ]
    return scale_rows(np.concatenate([embedder.read_tokens(text) for text in texts]))


def find_components(tokens: Column, width: int) -> Column:
    """Return the (d, width) directions in which (t, d) rows vary the most, the greatest first."""
    _, vectors = np.linalg.eigh(np.cov(tokens.T))
    return np.asarray(vectors[:, ::-1][:, :width], dtype=np.float32)


if __name__ == "__main__":
    main()
