from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.texts.bylines import Byline, clean_author, is_signature, parse_byline, parse_credit_line


@pytest.mark.parametrize(
    ("line", "author", "published", "agency"),
    [
        (
            "date 2023-02-08 By Ada Writer • 08 February 2023 • 11:44",
            "Ada Writer",
            "2023-02-08T11:44:00Z",
            None,
        ),
        (
            "By A. Writer and B. Other | Reuters | March 3, 2024 4:15 PM EST",
            "A. Writer and B. Other",
            "2024-03-03T21:15:00Z",
            "Reuters",
        ),
        ("Published 14:02 BST, 3 June 2024", None, "2024-06-03T13:02:00Z", None),
        ("UPDATED: March 3, 2024", None, "2024-03-03", None),
        ("Posted by Jane Doe on March 3, 2024 at 4:15 pm", "Jane Doe", "2024-03-03T16:15:00Z", None),
        ("Updated 4 March 2024 09:15 | Published 3 March 2024 14:02", None, "2024-03-03T14:02:00Z", None),
        ("8 Feb 2023 11:44 Last updated 9 Feb 2023 10:00", None, "2023-02-08T11:44:00Z", None),
        ("Published 8 Feb 2023 | Updated 9 Feb 2023, 10:00", None, "2023-02-08", None),
        ("By JANE DOE, Associated Press", "JANE DOE", None, "AP"),
        ("By Reuters", None, None, "Reuters"),
        ("Reuters", None, None, "Reuters"),
        ("By Jane Doe in Port Ellis", "Jane Doe", None, None),
        ("By Jane Doe, Defence Correspondent | 4 min read", "Jane Doe", None, None),
        ("By Our Correspondent", None, None, None),
        ("Автор: Олена Приклад, 8 лютого 2023", "Олена Приклад", "2023-02-08", None),
        ("Port Ellis, 8 February 2023", None, "2023-02-08", None),
    ],
)
def test_reads_bylines(line: str, author: str | None, published: str | None, agency: str | None) -> None:
    """A line made of names, dates, labels and agencies yields each of them."""
    byline = parse_byline(line)
    assert byline is not None
    assert (byline.author, byline.agency) == (author, agency)
    assert (str(byline.published) if byline.published else None) == published


@pytest.mark.parametrize(
    "line",
    [
        "By Tuesday the army had left.",
        "By the time it was over, 30 had died",
        "The war began on 24 February 2022.",
        "By Ellis's national security chief",
        "The mayor said on 3 March 2024 that he would go.",
        "Advertisement",
        "At 11:44 the siren sounded.",
        "By Land and by Sea",
        "",
        "Reuters reported it first.",
    ],
)
def test_a_sentence_is_no_byline(line: str) -> None:
    """One word that is neither name, date nor label makes a line a sentence."""
    assert parse_byline(line) is None


def test_tells_bare_dates_from_labelled_ones() -> None:
    """A lone date may head a chapter; a labelled one, or one beside a name, is the report's."""
    assert (found := parse_byline("8 February 2023")) is not None
    assert found.bare
    for line in ("Published: 8 February 2023", "By Jane Doe, 8 February 2023"):
        assert (found := parse_byline(line)) is not None
        assert not found.bare


def test_reads_closing_credits() -> None:
    """Staff and agencies at the end of a report are credits, and nothing else is."""
    assert parse_credit_line("(Reuters)") == Byline(agency="Reuters")
    assert parse_credit_line("Reporting by A in Kyiv; editing by B") == Byline()
    assert parse_credit_line("Contributing: A. Name and B. Name") == Byline()
    assert parse_credit_line("(Laughter)") is None
    assert parse_credit_line("Reporting is hard, she said.") is None


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("By Jane Doe", "Jane Doe"),
        ("Jane Doe, Reuters", "Jane Doe"),
        ("Reuters", None),
        ("Staff", None),
        ("https://people.example/jane", None),
        ("null", None),
        ("", None),
        (None, None),
        ("desk@example.org", None),
        ("张伟", "张伟"),
        ("Jane Doe, John Roe", "Jane Doe, John Roe"),
    ],
)
def test_cleans_authors(author: str | None, expected: str | None) -> None:
    """An author is a name: no "By", no role, no agency, no link."""
    assert clean_author(author) == expected


@given(st.text(max_size=300))
@settings(deadline=None)
def test_reading_lines_never_raises(line: str) -> None:
    """Any line is a byline, a credit or neither."""
    parse_byline(line)
    parse_credit_line(line, "Jane")
    clean_author(line)


@pytest.mark.parametrize(
    ("line", "author", "signed"),
    [
        ("Ada Pell", "Ada Pell", True),
        ("ADA PELL", "Ada Pell", True),
        ("Ada Pell and Tom Reuben", "Ada Pell", True),
        ("Ada Pell, Tom Reuben and Ivo Nowak", "Tom Reuben, Ivo Nowak", True),
        ("Ada Pell", None, False),
        ("Ada Pell", "Ada", False),
        ("Tom Reuben", "Ada Pell", False),
        ("Ada Pell was late.", "Ada Pell", False),
    ],
)
def test_known_authors_sign_with_their_names_alone(line: str, author: str | None, signed: bool) -> None:
    """A line of names is a signature where one of them is known to have written the report."""
    assert is_signature(line, author) is signed
