"""Quotations by their marks, in six languages and with marks missing."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.speech.quotations import find_quotations, split_paragraphs


def outer(text):
    return [text[q.start : q.end] for q in find_quotations(text) if q.depth == 0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She said “no” twice.", ["“no”"]),
        ('She said "no" and "never".', ['"no"', '"never"']),
        ("Sie sagte „nein“ und ging.", ["„nein“"]),
        ("Sie sagte »nein« und ging.", ["»nein«"]),
        ("Elle a dit « non » hier.", ["« non »"]),
        ("Dijo «no» y se fue.", ["«no»"]),
        ("Она сказала: «Нет».", ["«Нет»"]),
        ("Вона сказала: «Ні», – і пішла.", ["«Ні»"]),
        ("Powiedziała: „Nie” i wyszła.", ["„Nie”"]),
        ("Hon sade ”nej” igår.", ["”nej”"]),
        ("He said ``no'' and left.", ["``no''"]),
        ("He said ''no'' and left.", ["''no''"]),
        ('He said “no" and left.', ['“no"']),
        ("‘I will not go,’ she said.", ["‘I will not go,’"]),
    ],
)
def test_marks_of_many_languages(text, expected):
    """A quotation is found in the marks of every language that the project reads, and in mixed ones."""
    assert outer(text) == expected


@pytest.mark.parametrize(
    "text",
    ["It’s the workers’ choice, isn’t it?", "Rock 'n' roll in the '90s", "a 6'2\" man", "No marks at all."],
)
def test_apostrophes_and_inches_are_no_quotations(text):
    """Apostrophes, elisions and inches open nothing."""
    assert outer(text) == []


def test_nested_quotations_have_depth():
    """A quotation within a quotation has depth 1, and the outer one spans it."""
    text = "He said “she told me “go home” twice” and left."
    found = [(text[q.start : q.end], q.depth) for q in find_quotations(text)]
    assert found == [("“she told me “go home” twice”", 0), ("“go home”", 1)]


def test_a_quotation_runs_over_paragraphs():
    """A paragraph that leaves its quotation open is taken up by one that opens with the mark again."""
    text = "“One thing first.\n\n“Then another,” she said."
    first, second = find_quotations(text)
    assert not first.closed
    assert second.continues
    assert text[second.start : second.end] == "“Then another,”"


def test_a_stray_mark_leaves_the_others_alone():
    """A mark without a partner does not swallow the whole quotations behind it."""
    assert outer("A stray “ mark, then “one” and “two”.") == ["“one”", "“two”"]


def test_paragraphs_are_lines_unless_wrapped():
    """Lines part paragraphs; short lines in a row are one wrapped paragraph."""
    assert len(split_paragraphs("First one.\n\nSecond one.\nThird one.")) == 3
    wrapped = "\n".join(["some words that were wrapped at a column"] * 4)
    assert len(split_paragraphs(wrapped)) == 1


MARKS = st.text(alphabet="ab .,'\"“”„«»‘’`\n-", max_size=80)


@given(MARKS)
def test_every_quotation_is_a_slice(text):
    """On any run of marks: offsets hold, spans nest or stand apart, and the inner span lies inside."""
    paragraphs = split_paragraphs(text)
    found = find_quotations(text, paragraphs)
    for quotation in found:
        assert (
            0 <= quotation.start < quotation.inner.start <= quotation.inner.end <= quotation.end <= len(text)
        )
        assert any(p.start <= quotation.start and quotation.end <= p.end for p in paragraphs)
    tops = [q for q in found if q.depth == 0]
    for left, right in itertools.pairwise(tops):
        assert left.end <= right.start
