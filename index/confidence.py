"""How likely it is that the quotes answer the question, and, where it is not, why there is no answer.

Follows quoting, precedes answering. The features are absolute, never normalised within one question, and
none of them looks at how a question is worded.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from index.datatypes import Question, Reason
from index.quoting import Candidate, Selection

_WEIGHTS: Mapping[str, float] = {
    "coverage": 3.0,
    "likeness": 4.0,
    "names": 1.0,
    "answer": 0.8,
    "dense": 3.0,
    "agreement": 0.7,
}
_BIAS = -5.2


def measure_evidence(selection: Selection, cosines: Sequence[float]) -> dict[str, float]:
    """Return the named features of a selection.

    Args:
        cosines: of the question with each hit's passage, in the order of the hits; () where unknown.
    """
    if not selection.candidates:
        return {}
    best = selection.candidates[0]
    return {
        "coverage": best.features["coverage"],
        "likeness": best.features["likeness"],
        "names": best.features["names"],
        "answer": best.features["answer"],
        "dense": max(cosines, default=0.0),
        "agreement": float(bool(cosines) and best.rank == max(range(len(cosines)), key=cosines.__getitem__)),
    }


def estimate_confidence(evidence: Mapping[str, float]) -> float:
    """Return the probability in [0, 1] that the quotes answer the question; 0 without evidence."""
    if not evidence:
        return 0.0
    log_odds = _BIAS + sum(_WEIGHTS[name] * value for name, value in evidence.items())
    return 1.0 / (1.0 + math.exp(-log_odds))


def explain_absence(
    question: Question,
    candidates: Sequence[Candidate],
    *,
    outlet_hits: int | None = None,
    dated_hits: int | None = None,
) -> Reason:
    """Return why there is no answer.

    Args:
        candidates: the sentences found under the question's own restrictions.
        outlet_hits: passages found within the outlets that the question names; None if it names none.
        dated_hits: passages found within the dates that the question gives; None if it gives none.
    """
    if question.outlets and not outlet_hits:
        return Reason.OUTLET_HAS_NOTHING
    if question.dates is not None and not dated_hits:
        return Reason.NOTHING_IN_DATES
    return (
        Reason.NOT_STATED
        if any(c.features["coverage"] >= 0.35 for c in candidates)
        else Reason.NOTHING_ON_THIS
    )
