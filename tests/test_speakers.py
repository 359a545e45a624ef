"""Speakers: mentions, owners, roles, chains and labels, on invented texts."""

import pytest

from index.attribution import attribute_text
from index.datatypes import Label
from index.parsing import load_parser


@pytest.fixture(scope="module")
def parser():
    return load_parser()


def read(text, parser, **more):
    return attribute_text(text, parser, **more)


def mention(text, statement):
    return text[statement.speaker.start : statement.speaker.end] if statement.speaker else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The harbour is shut, said the mayor.", "the mayor"),
        ("“The harbour is shut,” said Jane Roe, who runs it.", "Jane Roe"),
        ("According to the port authority, the harbour is shut.", "the port authority"),
        ("A spokesman for the port told reporters that the harbour was shut.", "A spokesman for the port"),
        ("The report said the harbour was shut.", "The report"),
        ("“The harbour is shut,” tweeted harbour master Jane Roe.", "harbour master Jane Roe"),
        ("Officials who asked not to be named said the harbour was shut.", "Officials"),
    ],
)
def test_mention_beside_the_cue(text, expected, parser):
    """The mention is the noun phrase beside the cue: a name, a role, a document, an institution."""
    assert mention(text, read(text, parser)[-1]) == expected


def test_pronoun_takes_the_name_before(parser):
    """A pronoun stands for the person who spoke before, by full name and with the role given earlier."""
    text = (
        "Harbour master Jane Roe said the quay was unsafe.\n\n"
        "“Nobody may moor here before spring,” she said on Monday."
    )
    statement = read(text, parser)[-1]
    assert mention(text, statement) == "she"
    assert statement.name == "Jane Roe"
    assert statement.role == "Harbour master"


def test_pronoun_takes_the_name_after(parser):
    """A second cue behind the quotation names the owner of a pronoun in the first."""
    text = "“The quay is unsafe,” he said, adding “nobody may moor here,” harbour master John Doe said."
    statements = read(text, parser)
    assert [s.name for s in statements] == ["John Doe", "John Doe"]
    assert [mention(text, s) for s in statements] == ["he", "he"]


def test_doubtful_pronoun_has_no_owner(parser):
    """Where two people fit equally well nobody is named."""
    text = "John Doe met Richard Miles. John Doe and Richard Miles left. “It went well,” he said."
    assert read(text, parser)[-1].name is None


def test_last_name_gets_the_full_name(parser):
    """A last name alone is given with the full name and the role of an earlier mention."""
    text = "Jane Roe, the mayor of Port Elsewhere, spoke on Monday.\n\nRoe said that the quay was closed."
    (statement,) = read(text, parser)
    assert statement.name == "Jane Roe"
    assert statement.role == "mayor of Port Elsewhere"


def test_role_before_a_name(parser):
    """A role with its name beside it gives both."""
    text = "The deputy head of the port authority, Jane Roe, denied that the quay was closed."
    (statement,) = read(text, parser)
    assert (statement.name, statement.role) == ("Jane Roe", "deputy head of the port authority")
    assert statement.label is Label.DENIED


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("The mayor said that the quay was closed.", Label.STATED),
        ("The mayor claimed that the quay was closed.", Label.CLAIMED),
        ("The mayor denied that the quay was closed.", Label.DENIED),
        ("The mayor has not denied that the quay was closed.", Label.STATED),
        ("The mayor confirmed that the quay was closed.", Label.CONFIRMED),
        ("The mayor alleged that the quay was closed.", Label.ALLEGED),
        ("The mayor allegedly said that the quay was closed.", Label.ALLEGED),
        ("Sources said that the quay was closed.", Label.ANONYMOUS),
        ("It was reported that the quay was closed.", Label.SECOND_HAND),
        ("The newspaper reported that the quay was closed.", Label.SECOND_HAND),
        ("Police reported that the quay was closed.", Label.STATED),
        ("The mayor called the reports “a fairy tale”.", Label.DENIED),
        ("The mayor called the reports “entirely accurate”.", Label.STATED),
        ("The mayor called the harbour “a fairy tale”.", Label.STATED),
    ],
)
def test_label_from_the_cue(text, label, parser):
    """The label follows from the reporting words alone."""
    (statement,) = read(text, parser)
    assert statement.label is label


def test_chain_of_media(parser):
    """A medium that was told is a link of the chain; so is one that reports what its sources said."""
    text = (
        "“The quay is closed,” a source in the port reportedly told Reuters.\n\n"
        "Interfax reported that its sources had said that the quay was closed."
    )
    first, outer, inner = read(text, parser)
    assert (first.chain, first.label) == (("Reuters",), Label.SECOND_HAND)
    assert outer.name == "Interfax"
    assert (inner.chain, inner.label) == (("Interfax",), Label.ANONYMOUS)
    assert read(text, parser).index(outer) == inner.parent


def test_the_outlet_is_no_speaker_and_no_link(parser):
    """The article's own outlet neither speaks nor stands in the chain."""
    text = "“The quay is closed,” Jane Roe told Reuters. Reuters reported that the mayor was away."
    statements = read(text, parser, outlet="Reuters")
    assert all(statement.chain == () and statement.name != "Reuters" for statement in statements)


def test_names_and_roles_are_slices(parser):
    """Every name, role and link is a slice of the text."""
    text = "Harbour master Jane Roe told the BBC the quay was shut. “We had no choice,” she said."
    for statement in read(text, parser):
        for part in (statement.name, statement.role, *statement.chain):
            assert part is None or part in text
