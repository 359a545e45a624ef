"""A message without what people put around a question: greetings, requests to be told, thanks, remarks.

The first step of reading, before a question is completed from its conversation. What frames a question
stands in no report: left in, it weighs as words that the reports lack, so that the answer is declined.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from index.questions.lexicons import load_lexicons
from index.questions.replacing import bracket_topic
from index.questions.wording import choose_lexicon, read_wording
from index.texts.sentences import split_sentences

_TABLE = Path(__file__).with_suffix(".toml")
_LONGEST = 600  # code points of a message whose frame is looked for; a longer one is pasted text
_MARKS = " \t\n,.:;!?…–—-"
_PASSES = 12  # openings or closings that are taken off one sentence

_ORNAMENT = re.compile(r"^[^\w\"'“‘«(¿¡#$€£]+|(?<=[\w\"'”’»)%?!.…])[^\w\"'”’»)%?!.…]+$")
_NAME = re.compile(r"(?<!^)\b(?!I\b)[A-ZÀ-ÞА-ЯҐЄІЇ][\w’'-]+")


class _Patterns(NamedTuple):
    opening: re.Pattern[str]
    asks: re.Pattern[str]
    closing: re.Pattern[str]
    hearsay: re.Pattern[str]
    selfish: re.Pattern[str]


def unframe_question(text: str) -> str:
    """Return the question that a message holds, in its own words; the message where it holds nothing else.

    Sentences that speak of the asker are left out where the question needs nothing of them,
    and stand behind it, as what it is about, where it names no subject of its own. Any text is accepted.
    """
    if len(text) > _LONGEST:
        return text
    bare = _unframe_sentences(text)
    return text if not bare or bare == [text.strip()] else " ".join(_leave_out_asker(bare))


def mark_question(text: str) -> str:
    """Return a text that begins as a question does with the mark that it ends with: people leave it out.

    All weights are learned on questions with a mark, and the same words without one weigh less or more.
    """
    bare = text.rstrip()
    asks = _load_patterns().asks.match(_fold(bare))
    return f"{bare}?" if asks and len(bare) <= _LONGEST and bare[-1].isalnum() else text


def is_all_frame(text: str) -> bool:
    """Return whether a message holds nothing but what people put around a question ("Thanks!")."""
    return len(text) <= _LONGEST and not _unframe_sentences(text)


def _unframe_sentences(text: str) -> list[str]:
    sentences = (text[start:end] for start, end in split_sentences(text))
    return [one for sentence in sentences if (one := _unframe_sentence(sentence))]


def _unframe_sentence(sentence: str) -> str:
    """Return a sentence without what frames it; "" where nothing else is left."""
    patterns = _load_patterns()
    rest = _ORNAMENT.sub("", sentence)
    for _ in range(_PASSES):
        opened = patterns.opening.match(_fold(rest))
        if opened is None:
            break
        rest = rest[opened.end() :].lstrip(_MARKS)
    for _ in range(_PASSES):
        closed = patterns.closing.search(_fold(rest))
        if closed is None or (closed.start() and rest[closed.start() - 1] not in _MARKS):
            break
        mark = "?" if "?" in rest[closed.start() :] or rest[: closed.start()].rstrip().endswith("?") else ""
        rest = rest[: closed.start()].rstrip(_MARKS)
        rest += mark if rest else ""
    return "" if not rest.strip(_MARKS) else rest


def _leave_out_asker(sentences: Sequence[str]) -> Sequence[str]:
    """Return the sentences of a message without those that speak of the asker before the question.

    Where the question does not name its subject, what stands before it is that.
    """
    patterns = _load_patterns()
    asks = [one.endswith("?") or bool(patterns.asks.match(_fold(one))) for one in sentences]
    first = asks.index(True) if True in asks else 0
    if not first:
        return sentences
    before, question = sentences[:first], sentences[first:]
    names = tuple(_NAME.findall(question[0]))
    wording = read_wording(question[0], choose_lexicon(question[0]), led=False, names=names, hidden=())
    heard = [_drop_hearsay(sentence) for sentence in before]
    kept = [one for one in heard if _NAME.search(one) or not patterns.selfish.match(_fold(one))]
    points_back = wording.points_back()
    if wording.names_subject() and not points_back:
        return [*kept, *question]
    topic = " ".join(heard if points_back else kept)
    return [bracket_topic(question[0], topic.strip(_MARKS)), *question[1:]]


def _drop_hearsay(sentence: str) -> str:
    """Return what somebody says that he has heard, without saying so."""
    heard = _load_patterns().hearsay.match(_fold(sentence))
    return sentence[heard.end() :] if heard else sentence


def _fold(text: str) -> str:
    """Return a text in small letters with plain blanks and apostrophes; offsets are those of the text."""
    lower = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    return re.sub(r"\s", " ", lower.replace("’", "'"))


@cache
def _load_patterns() -> _Patterns:
    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    openings, closings, hearsay = ("|".join(table[name]) for name in ("openings", "closings", "hearsay"))
    asking = frozenset().union(*(lexicon.asking for lexicon in load_lexicons())) | {"if", "чи", "ли", "si"}
    asks = "|".join(re.escape(word) for word in sorted(asking, key=len, reverse=True))
    details = "|".join(table["details"].split())
    leads = "|".join(table["prepositions"].split())
    follows = rf"¿?(?:(?:{leads}) )?(?:{asks})\b|(?:the|an?|its|his|her|their) (?:\w+ )?(?:{details})\b"
    certain = "|".join(table["certain"])
    behind = rf" *[,.:;!?…–—-]+|(?= (?:{follows}))|(?= (?:{openings}|{certain})\b)"
    return _Patterns(
        re.compile(rf"[¿¡]*(?:(?:{certain})\b|(?:{openings})(?:{behind}))"),
        re.compile(rf"[¿¡]*(?:{asks})\b"),
        re.compile(rf"(?:^|(?<=[ ,.:;!?…–—-]))(?:{closings})[ .!?…,]*$"),
        re.compile(rf"(?:{hearsay})[ ,:]"),
        re.compile(table["selfish"]),
    )
