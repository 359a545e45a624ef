from __future__ import annotations

import pytest

from index.texts.agencies import (
    find_closing_agency,
    find_dateline_agency,
    is_name,
    name_agency,
    split_ending_agency,
)


@pytest.mark.parametrize(
    ("paragraph", "agency"),
    [
        ("KYIV (Reuters) - Ukraine said", "Reuters"),
        ("KYIV, Feb 8 (Reuters) – Ukraine said", "Reuters"),
        ("MOSCOW, February 8. /TASS/. The ministry", "TASS"),
        ("KARVEL, 22 July. /Northern/. Dead fish", "Northern"),
        ("PORT ELLIS, March 3 (Northwire) — The ferry", "Northwire"),
        ("(AFP) - The ferry", "AFP"),
        ("The mayor (Smith) - a man of 60 - said", None),
        ("The ministry (MIA) said", None),
        ("KYIV — Ukraine said", None),
    ],
)
def test_finds_the_agency_of_a_dateline(paragraph: str, agency: str | None) -> None:
    """An agency stands behind the place; an unknown name counts only behind a place in capitals."""
    assert find_dateline_agency(paragraph) == agency


@pytest.mark.parametrize(
    ("name", "agency"),
    [
        ("Agence France-Presse", "AFP"),
        ("the Associated Press", "AP"),
        ("ТАСС", "TASS"),
        ("Northwire", "Northwire"),
        ("Halyard News Agency", "Halyard"),
        ("RIA News Agency", "RIA Novosti"),
        ("State news agency TASS", "TASS"),
        ("Jane Doe", None),
        ("Sarah D. Wire", None),
        ("The Courier", None),
    ],
)
def test_names_agencies(name: str, agency: str | None) -> None:
    """An agency goes by one name; one that no table knows must call itself an agency."""
    assert name_agency(name) == agency


def test_finds_the_agency_of_a_closing_line() -> None:
    """Closing lines credit known agencies, and unknown ones only where they also sign the report."""
    assert find_closing_agency("— AFP") == "AFP"
    assert find_closing_agency("© 2023 The Associated Press. All rights reserved.") == "AP"
    assert find_closing_agency("Source: Halyard") is None
    assert find_closing_agency("Source: Halyard", "Halyard") == "Halyard"
    assert find_closing_agency("(Applause)", "Applause") is None


def test_splits_the_agency_behind_the_last_sentence() -> None:
    """An agency in brackets after a full stop credits the report; in a sentence it is part of it."""
    assert split_ending_agency("He left. (Reuters)") == ("He left.", "Reuters")
    assert split_ending_agency("He spoke to his agency (Reuters)") == (
        "He spoke to his agency (Reuters)",
        None,
    )
    assert split_ending_agency("He left. (Laughter)") == ("He left. (Laughter)", None)


def test_tells_names_from_sentences() -> None:
    """Names are capitals, initials and particles; weekdays alone are not names."""
    assert is_name("Ludwig van Beethoven")
    assert is_name("J. R. Doe and A. Roe")
    assert not is_name("Tuesday")
    assert not is_name("Jane said")
    assert not is_name("and")
