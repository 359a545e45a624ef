"""Pages of what somebody is reported to have said, and a name that nobody quoted has."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.texts import PHRASEBOOKS
from bot.messages.sayings import NAMED_SPEAKERS, explain_nobody, list_speakers, render_sayings
from tests.fakes import CLAIM, DENIAL, UNHURT

ENGLISH = PHRASEBOOKS["en"]
OUTLETS = ("The Courier", "Halyard News Agency", None)


def say(speaker, role=None):
    """Return a quote of a speaker."""
    return replace(UNHURT, speaker=speaker, role=role)


@pytest.mark.parametrize(
    ("name", "speakers", "fitting"),
    [
        ("Brandt", [("Ilse Brandt", "mayor"), ("Aila Brandt", None)], ("Ilse Brandt", "Aila Brandt")),
        ("Brandt", [("Brandt", None), ("Ilse Brandt", None)], ("Ilse Brandt",)),
        ("the mayor", [("Ilse Brandt", "the mayor"), ("The mayor", None)], ("Ilse Brandt", "The mayor")),
        ("Ilse Brandt", [("Ilse Brandt", None), ("a fireman", None), (None, None)], ("Ilse Brandt",)),
    ],
)
def test_who_fits_a_name(name, speakers, fitting):
    """By their own name or their office's; a part of a name is no other speaker, nor is the other side."""
    assert list_speakers(name, [say(*speaker) for speaker in speakers]) == fitting


def test_several_of_a_name_are_named_once():
    """Above the first page only, with what to write for one of them; and not where there is one."""
    quotes = [say(f"Brandt {number}") for number in range(NAMED_SPEAKERS + 2)]
    first, second, *_ = render_sayings("Brandt", quotes, 2, ENGLISH)
    head, told, *_ = first.text.splitlines()
    assert head == "What the reports quote from “Brandt”, newest first"
    assert told.startswith("Several fit (Brandt 0, Brandt 1, Brandt 2, Brandt 3, Brandt 4, …); /who with")
    assert "Several fit" not in second.text
    mayors = [say("Owen Tressel", role="mayor"), say("The mayor"), say("Hester Calloran", role="mayor")]
    (page,) = render_sayings("mayor", mayors, 20, ENGLISH)
    assert "Several fit (Owen Tressel, Hester Calloran and the mayor)" in page.text
    (alone,) = render_sayings("Brandt", (DENIAL, CLAIM), 2, ENGLISH)
    assert "Several fit" not in alone.text


@pytest.mark.parametrize(
    ("name", "close", "hint"),
    [
        (
            "halyard",
            ("the agency",),
            "But I have reports by Halyard News Agency: name the outlet in a question",
        ),
        ("courier", (), "reports by The Courier:"),
        ("Ilsa", ("The mayor", "Ilse Brandt"), "They do quote Ilse Brandt and the mayor."),
        ("Elon", (), "A last name or an office is enough, spelt as in the reports."),
        ("?", (), "A last name or an office is enough, spelt as in the reports."),
    ],
)
def test_a_name_of_nobody_is_no_dead_end(name, close, hint):
    """An outlet's name leads to its reports, a misspelt one to those that are close, any other to a hint."""
    assert hint in explain_nobody(name, close, OUTLETS, ENGLISH)


@given(st.text(max_size=60), st.lists(st.text(max_size=20)))
def test_any_name_is_answered(name, speakers):
    """No name and no speaker fails."""
    assert explain_nobody(name, [one for one in speakers if one], OUTLETS, ENGLISH)
    assert len(list_speakers(name, [say(one) for one in speakers])) <= len(speakers)
