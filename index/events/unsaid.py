"""Words before a disputing cue that take it back: "did not deny", "if he denied", "to deny", "may refute".

Serves `events.denials`.
"""

from __future__ import annotations

import re

_NOT = re.compile(
    r"(?:\b(?:not|never|nor|neither|cannot|no one|nobody|none|hardly|without|refused to|declined to|"
    r"confirm(?:ed)? (?:or|nor))\b|n['’]t\b)(?:[^\w,;]+\w+){0,2}[^\w;]*$",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:if|whether|either|unless)\b[^.;]{0,60}$|\b(?:those|people|anyone|everyone) (?:who|that)\W+$",
    re.IGNORECASE,
)
_SUPPOSED = re.compile(
    r"\b(?:(?:can|could|(?-i:may|will)|might|must|should|would|shall|let['’]?s?)\b(?:\W+\w+){0,2}|"
    r"(?:cannot|can['’]t|want|wish|like)\b(?:\W+\w+){0,6})\W*$",
    re.IGNORECASE,
)
_INFINITIVE = re.compile(r"\bto\W+(?:\w+ly\W+)?$", re.IGNORECASE)
_DONE = re.compile(
    r"\b(?:continu\w+|rush\w*|hasten\w*|hurri\w+|quick|came (?:out|forward)|stepp?\w* (?:up|in)|"
    r"appear(?:s|ed)|seem(?:s|ed)|try(?:ing)?|tri(?:es|ed)|seek(?:s|ing)|sought|attempt(?:s|ed)|"
    r"mov(?:es|ed)|forced|went on|took to [^,.;]{2,30})\W+to\W+(?:\w+ly\W+)?$",
    re.IGNORECASE,
)


def is_unsaid(before: str) -> bool:
    """Return whether the words before a cue say that nothing was disputed ("did not deny", "to deny")."""
    if _INFINITIVE.search(before) and not _DONE.search(before):
        return True
    return any(rule.search(before) for rule in (_NOT, _OPEN, _SUPPOSED))
