"""Second cues: a name behind the last quotation of a sentence owns a pronoun beside the first.

"“…,” he said, adding “…,” Jane Roe told reporters" is one speaker's. `speech.attribution` asks for the words
of the name before owners are sought, and drops the statement that the second cue makes by itself.
"""

from __future__ import annotations

from index.speech.cues import CueTable
from index.speech.narration import Narration
from index.speech.reports import SpeechReport

_LONG_GAP = 12
_LONG_CONTENT = 2  # words behind the second cue; more are a statement of its own


def find_second_cue(narration: Narration, pronoun: SpeechReport, named: SpeechReport, cues: CueTable) -> bool:
    """Whether the speaker of `named` is the owner of the pronoun that speaks in `pronoun`.

    Between the pronoun's cue and the name stand one or more quotations, the last right before the name or
    before its cue, and of the reporter's own words only such as go on reporting ("adding", "and wrote").
    """
    if named.verb <= pronoun.verb or named.pattern == "according":
        return False
    first = max(pronoun.verb, *pronoun.speaker)
    last = min(named.verb, *named.speaker)
    gap = range(first + 1, last)
    if last <= first or not 0 <= narration.quotation[last - 1] != narration.quotation[last]:
        return False
    own = [word for word in gap if narration.quotation[word] < 0]
    if len(own) > _LONG_GAP:
        return False
    if sum(word > named.verb and narration.quotation[word] < 0 for word in named.content) > _LONG_CONTENT:
        return False
    return all(cues.find_verb(narration.lower[word]) is not None for word in own if narration.is_verb(word))
