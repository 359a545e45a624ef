"""How sure an attribution is: the measured precision of its construction, as a documented table.

`index.attribution` gives each statement this figure, drops those below `KEPT`, and lets replies name the
speaker only of those at or above `SHOWN`. The figures are shares, rounded, of statements of each kind that were
right in content and speaker on news articles annotated by hand (PolNeAR, train; Newell et al., LREC 2018).
"""

from __future__ import annotations

from index.reports import Report

SHOWN = 0.9
KEPT = 0.42

# Construction: precision for statements with a quotation, and for those without, where a name or "he" is
# the subject of a finite verb.
_CONSTRUCTIONS = {
    "clause-before": (0.97, 0.93),
    "clause": (0.96, 0.93),
    "parenthesis": (0.94, 0.90),
    "beside": (0.86, 0.80),
    "according": (0.82, 0.88),
    "naming": (0.85, 0.62),
    "object": (0.84, 0.72),
    "request": (0.90, 0.78),
    "matter": (0.80, 0.66),
    "act": (0.72, 0.30),
    "as": (0.75, 0.60),
    "governed": (0.56, 0.45),
    "governed-clause": (0.65, 0.45),
    "unlisted": (0.65, 0.30),
    "adjacent": (0.80, 0.60),
    "dash": (0.80, 0.60),
    "colon": (0.80, 0.60),
    "colon-clause": (0.70, 0.50),
    "lead": (0.60, 0.40),
}
# What the mention and the verb's form do to the odds.
_MENTIONS = {"named": 1.0, "pronoun": 0.9, "nominal": 0.55, "relative": 0.3, "thing": 0.25, "none": 0.04}
_FORMS = {"finite": 1.0, "participle": 0.5, "infinitive": 0.25, "modal": 0.25, "passive": 0.2}
_UNNAMED_PASSIVE = 0.5


def weigh_report(report: Report, *, quoted: bool) -> float:
    """Return the probability in (0, 1) that a report's content and speaker are both right."""
    share = _CONSTRUCTIONS.get(report.pattern, (0.5, 0.4))[0 if quoted else 1]
    odds = share / (1 - share)
    if report.mention == "none" and report.form == "passive" and not quoted:
        odds *= _UNNAMED_PASSIVE * _FORMS["passive"] * 2
    else:
        odds *= _MENTIONS[report.mention] * _FORMS[report.form]
    return round(odds / (1 + odds), 2)
