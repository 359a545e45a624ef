"""No answer in words: why there is none, what else there is, and how fresh the index is.

Stands between an answerer's `NoAnswer` and delivery, as rendering does for answers; both begin alike.
"""

from __future__ import annotations

from bot.language.texts import QUESTION_MARKS, Phrasebook
from bot.messages.citing import TITLE_CHARACTERS, clip_line, write_name
from bot.messages.composing import ITALIC, Composer, Message, pack_blocks
from index.answers import NoAnswer, Question, Reason
from index.datatypes import IndexStatus

_APOSTROPHES = str.maketrans("", "", "'’")

GREETING_WORDS = 2
"""Words, at most, of what may be a greeting."""


_UNSEARCHED = (Reason.NOT_A_QUESTION, Reason.NOTHING_MEANT)
_UNASKED = (Reason.NOT_A_QUESTION, Reason.EMPTY_INDEX)  # whatever the language


def render_no_answer(
    none: NoAnswer,
    status: IndexStatus | None,
    phrases: Phrasebook,
    *,
    understood: bool = True,
    is_topic: bool = False,
) -> Message:
    """Return why there is no answer, what else is there, and how fresh the index is.

    Args:
        understood: whether the question is in a language that something can be found by.
        is_topic: whether it is no question but the topic of a timeline.
    """
    nothing = none.reason is Reason.NOTHING_ON_THIS
    if is_topic and nothing:
        topic = write_name(none.question.asked, TITLE_CHARACTERS)
        sentences = [phrases.say("timeline.nothing", topic=topic)]
    else:
        sentences = [_explain_reason(none, phrases)]
    if not understood and none.reason not in _UNASKED:
        if nothing:  # what was not understood was not looked for
            sentences.clear()
        sentences.append(phrases.say("none.foreign"))
    if nothing and not is_topic and _may_be_greeting(none.question.asked):
        sentences.append(phrases.name_reason(Reason.NOT_A_QUESTION))
    others = tuple(write_name(name) for name in none.alternatives if name not in none.question.outlets)
    if none.reason is Reason.OUTLET_HAS_NOTHING and others:
        outlets = phrases.join_names(others[:6])
        sentences.append(phrases.say("none.alternatives", outlets=outlets))
    composer = begin_reply(none.question, phrases).add("\n".join(sentences))
    if status is not None and none.reason not in _UNSEARCHED and status.articles:
        composer.add("\n\n").add(write_freshness(status, phrases), ITALIC)
    return pack_blocks([composer.build()])[0]


def write_freshness(status: IndexStatus, phrases: Phrasebook) -> str:
    """Return how fresh the index is: its newest report and when it was built."""
    built = phrases.write_day(status.built.date())
    if status.newest is None:
        return phrases.say("none.fresh_undated", built=built)
    return phrases.say("none.fresh", newest=phrases.write_moment(status.newest), built=built)


def begin_reply(question: Question, phrases: Phrasebook) -> Composer:
    """Return the beginning of a reply: what a question was taken to mean, where it does not say so itself."""
    meant, asked = (
        " ".join(text.split()).casefold().translate(_APOSTROPHES) for text in (question.text, question.asked)
    )
    if meant.rstrip("".join(QUESTION_MARKS)) in asked:
        return Composer()
    taken = phrases.say("answer.understood", question=write_name(question.text, TITLE_CHARACTERS))
    return Composer().add(taken, ITALIC).add("\n")


def _explain_reason(none: NoAnswer, phrases: Phrasebook) -> str:
    """Return the reason in words, naming the dates or the outlet that the question named."""
    question = none.question
    if none.reason is Reason.NOTHING_IN_DATES and question.dates is not None and question.dates.phrase:
        return phrases.say("none.nothing-in-dates", phrase=f"“{clip_line(question.dates.phrase, 80)}”")
    if none.reason is Reason.OUTLET_HAS_NOTHING:
        for key, names in (
            ("none.unknown-outlet", question.unknown_outlets),
            ("none.named-outlet", question.outlets),
        ):
            if names:
                return phrases.say(
                    key, outlets=phrases.join_names(tuple(write_name(name) for name in names[:6]))
                )
    return phrases.name_reason(none.reason)


def _may_be_greeting(asked: str) -> bool:
    """Whether so few words, and no question mark, may be somebody's who does not know yet what to ask."""
    return len(asked.split()) <= GREETING_WORDS and not asked.rstrip().endswith(QUESTION_MARKS)
