"""Words passed on: who quotes whom in "Halyard quoted Roe as saying …" and "Roe was quoted by Halyard".

`speech.rereading` gives such words to whoever is quoted; `speech.chains` asks who passed them on.
"""

from __future__ import annotations

from index.speech.narration import Narration
from index.speech.speakers import find_agent, is_passive

_QUOTED = frozenset({"quoted", "cited", "reported"})
_QUOTING = _QUOTED | {"quote", "quotes", "quoting", "cite", "cites", "citing", "report", "reports"}


def find_quoting(narration: Narration, verb: int) -> int | None:
    """Return the verb that a cue stands under in "Roe was quoted by Halyard as saying …", else None.

    So too in "Halyard quoted Roe as saying …".
    """
    under = narration.heads[verb]
    quoting = narration.heads[under]
    told = narration.relations[verb] == "pcomp" and narration.lower[under] == "as"
    if not told or narration.lower[quoting] not in _QUOTING:
        return None
    passive = narration.lower[quoting] in _QUOTED and is_passive(narration, quoting)
    return quoting if passive or find_quoted(narration, quoting) is not None else None


def find_quoted(narration: Narration, quoting: int) -> int | None:
    """Return the head of who is quoted in "Halyard quoted Roe as saying …", None in the passive."""
    if is_passive(narration, quoting):
        return None
    objects = (
        child
        for child in narration.children[quoting]
        if narration.relations[child] == "dobj"
        and narration.is_noun(child)
        and not narration.is_folded(child)
    )
    return next(objects, None)


def find_passer(narration: Narration, quoting: int) -> int | None:
    """Return the head of who quotes in "Roe was quoted by Halyard …" or "Halyard quoted Roe …"."""
    if find_quoted(narration, quoting) is None:
        return find_agent(narration, quoting)
    return next(
        (child for child in narration.children[quoting] if narration.relations[child] == "nsubj"), None
    )
