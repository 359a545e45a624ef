"""Which quotes are shown: never one side of a dispute alone."""

from __future__ import annotations

from dataclasses import replace

from bot.messages.pairing import choose_shown, show_part
from tests.fakes import CLAIM, DENIAL, DISPUTED, PLAIN, REPAIRS, UNHURT


def test_choose_shown_keeps_both_sides():
    """With less room than sides, a dispute still shows two; without a dispute the first quotes are shown."""
    same = replace(CLAIM, side=0, pair=1)
    answer = replace(DISPUTED, quotes=(CLAIM, same, REPAIRS, DENIAL))
    assert choose_shown(answer, 1) == (CLAIM, DENIAL)
    assert choose_shown(answer, 3) == (CLAIM, same, REPAIRS, DENIAL)
    assert choose_shown(PLAIN, 1) == (REPAIRS,)


def test_a_part_is_disputed_where_it_shows_a_dispute():
    """Of a disputed answer, a part without any of its sides is told as undisputed."""
    assert show_part(DISPUTED, (CLAIM, DENIAL), 2).disputed
    assert not show_part(DISPUTED, (REPAIRS, UNHURT), 2).disputed
    assert show_part(DISPUTED, (REPAIRS,), 1).quotes == (REPAIRS,)


def test_the_header_counts_the_reports_that_are_shown():
    """Not those of the quotes behind a button."""
    assert show_part(DISPUTED, (REPAIRS,), 1).reports == 1
