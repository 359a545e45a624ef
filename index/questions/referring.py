"""Whether a question refers to something that neither it nor its conversation says.

Asked by answering once a question is completed from its conversation: "Who denied it?" with nothing before it
meets words of every story, and any answer to it would be a guess.
"""

from __future__ import annotations

from index.answers import Question
from index.questions.wording import Kind, read_wording, split_lead

_OWN = (Kind.NAME, Kind.SUBJECT)


def refers_to_nothing(question: Question, *, alone: bool) -> bool:
    """Whether a word of a question points back, and no word of it says what at.

    A question that names an outlet or a day has at least that to go by.

    Args:
        alone: whether nothing was said before; otherwise "the minister" is taken to be known as well.
    """
    if question.outlets or question.unknown_outlets or question.dates:
        return False
    rest, led, lexicon = split_lead(question.text)
    wording = read_wording(rest, lexicon, led=led, names=question.people, hidden=())
    telling = _OWN if alone else (*_OWN, Kind.ROLE)
    return wording.points_back() and not any(map(wording.count, telling))
