"""Why an answer is what it is, in lines for a person: question, candidates, sentences, confidence.

Printed by `ask --explain`; `/why` in the bot shows the first of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from index.answers import Answer, Question
from index.finding import Explanation
from index.quotes.relevance import list_contributions
from index.search.ranking import RankedCandidate

_TEXT_SHOWN = 110
_REASONS_SHOWN = 5


def explain_answer(explanation: Explanation, candidates: int = 10) -> Iterator[str]:
    """Yield the lines of an explanation: at most `candidates` passages and as many sentences."""
    answer = explanation.answer
    yield "Question"
    yield from explain_question(answer.question)
    if explanation.ranking is not None:
        yield ""
        yield f"Passages: the best {candidates} of {len(explanation.ranking.order)} candidates"
        for candidate in explanation.ranking.explain(candidates):
            yield from _explain_passage(candidate)
    if explanation.selection is not None:
        yield ""
        yield f"Sentences: the best {candidates} of {len(explanation.selection.candidates)}"
        for sentence in explanation.selection.candidates[:candidates]:
            shown = _name_largest(list_contributions(sentence.features))
            place = f"{sentence.article}[{sentence.sentence.start}:{sentence.sentence.end}]"
            yield f"  {sentence.score:6.2f}  {place}  {sentence.verdict or 'not reached'}"
            yield f"          {shown}"
    yield ""
    yield f"Confidence {answer.confidence:.3f}: {_name_largest(dict(explanation.evidence), 12)}"
    if isinstance(answer, Answer):
        yield f"Answered with {_count(len(answer.quotes), 'quote')} from {_count(answer.reports, 'report')}"
    else:
        yield f"Not answered: {answer.reason.value}"


def explain_question(question: Question) -> Iterator[str]:
    """Yield what a question was taken to ask for."""
    dates = question.dates
    rows = {
        "asked": question.asked,
        "searched for": question.text if question.text != question.asked else "",
        "outlets": ", ".join(question.outlets),
        "outlets not held": ", ".join(question.unknown_outlets),
        "topic": "none: whatever was published" if question.anything else "",
        "names": ", ".join(question.people),
        "dates": ""
        if dates is None
        else f"{dates.first or 'the beginning'} to {dates.last or 'today'}, "
        f"{'published' if dates.published else 'happened'} (“{dates.phrase}”)",
        "parts": " | ".join(part.text for part in question.parts) if len(question.parts) > 1 else "",
    }
    for name, value in rows.items():
        if value:
            yield f"  {name}: {value}"


def _explain_passage(candidate: RankedCandidate) -> Iterator[str]:
    passage = candidate.passage
    place = "" if candidate.chosen is None else f"hit {candidate.chosen + 1}"
    text = " ".join(passage.text.split())
    yield f"  {candidate.score:6.2f}  {passage.article}[{passage.start}:{passage.end}]  {place}"
    yield f"          {text[:_TEXT_SHOWN]}{'…' if len(text) > _TEXT_SHOWN else ''}"
    yield f"          {_name_largest(dict(candidate.contributions))}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _name_largest(values: dict[str, float], count: int = _REASONS_SHOWN) -> str:
    """Return the largest values with their names, by magnitude."""
    largest = sorted(values.items(), key=lambda item: -abs(item[1]))[:count]
    return ", ".join(f"{name} {value:+.2f}" for name, value in largest)
