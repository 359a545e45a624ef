"""Which quotes of an answer are shown: the first ones, and the other side of each dispute among them.

Keeping, rendering's callers and the views behind buttons ask it, so that no claim stands without its denial.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.answers import Answer, Quote


def choose_shown(answer: Answer, limit: int) -> tuple[Quote, ...]:
    """Return the first `limit` quotes, and the other side of each dispute that one of them stands in.

    A disputed claim is never shown without the dispute.
    """
    return complete_pairs(answer.quotes[:limit], answer.quotes[limit:])


def complete_pairs(shown: Sequence[Quote], others: Sequence[Quote]) -> tuple[Quote, ...]:
    """Return the quotes that are shown, and those of the others that stand in a dispute with one of them."""
    pairs = {quote.pair for quote in shown if quote.pair is not None}
    return (*shown, *(quote for quote in others if quote.pair in pairs and quote not in shown))


def show_part(answer: Answer, shown: tuple[Quote, ...], reports: int) -> Answer:
    """Return the answer with the quotes that are shown alone; disputed only where one of these is.

    A dispute among the quotes that stand behind a button is told there.

    Args:
        reports: independent reports behind those that are shown.
    """
    return replace(answer, quotes=shown, disputed=is_disputed(answer, shown), reports=reports)


def is_disputed(answer: Answer, shown: Sequence[Quote]) -> bool:
    """Whether some quotes of an answer show a dispute."""
    return answer.disputed and any(quote.side is not None for quote in shown)
