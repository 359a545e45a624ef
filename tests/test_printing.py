from __future__ import annotations

from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from index.datatypes import BuildSummary, Failure
from index.printing import print_status, print_summary
from tests.fakes import STATUS


def record(show, what):
    console = Console(file=StringIO(), width=40)
    show(what, console)
    return console.file.getvalue()


@pytest.mark.parametrize(("number", "words"), [(0, "0 passages,"), (1, "1 passage,"), (2, "2 passages,")])
def test_one_passage_is_a_passage(number, words):
    """A summary counts as people do."""
    assert words in record(print_summary, BuildSummary(1, passages=number))


def test_a_status_lists_what_was_added_by_hand():
    """Each added source has a line of its own, unbroken however long; without one there is no such line."""
    long = "https://courier.example/" + "flood-" * 12
    lines = record(print_status, replace(STATUS, added=("extra.txt", long))).splitlines()
    assert [line.split() for line in lines[-2:]] == [["Added", "extra.txt"], ["Added", long]]
    assert "Added" not in record(print_status, STATUS)


def test_a_summary_names_a_source_without_its_secrets():
    """Whoever looks over the operator's shoulder reads no password."""
    failure = Failure("https://ann:pw@a.example/feed?key=k", "is empty")
    printed = record(print_summary, BuildSummary(1, failures=(failure,)))
    assert "Not read: https://…@a.example/feed?key=…: is empty" in printed
