"""Cues that report nothing, or somebody else's words, and mentions of several people, on invented texts."""

import pytest

from index.speech.attribution import attribute_text


def read(text, parser):
    """Return the name, role, chain and label of each statement."""
    return [
        (each.name, each.role, each.chain, each.label.value)
        for each in attribute_text(text, parser)
        if each.parent is None
    ]


@pytest.mark.parametrize(
    "text",
    [
        "“She had counted seven,” the mayor was quoted as saying by the Clarion.",
        "The mayor was quoted by the Clarion as saying that she had counted seven.",
    ],
)
def test_who_is_quoted_as_saying_speaks_at_second_hand(text, parser):
    """The paper is the chain, and no speaker."""
    ((name, _, chain, label),) = read(text, parser)
    assert (name.lower(), chain, label) == ("the mayor", ("Clarion",), "second-hand")


@pytest.mark.parametrize(
    ("text", "medium"),
    [
        ("“We fired,” Roe told the broadcaster Arvena.", "Arvena"),
        ("The mayor told the Ruzhan newspaper Dawn that she had counted seven.", "Dawn"),
    ],
)
def test_the_name_behind_a_word_for_a_medium_is_its_own(text, medium, parser):
    """It was told the words, and passed them on."""
    assert [chain for _, _, chain, _ in read(text, parser)] == [(medium,)]


@pytest.mark.parametrize(
    "text",
    [
        "Both Mr Lee and Ms Grant said the vote was fair.",
        "“The vote was fair,” said Jane Roe and Ann Doe.",
        "Jane Roe and her husband said the vote was fair.",
    ],
)
def test_of_several_who_speak_none_is_left_out(text, parser):
    """The whole mention names them."""
    ((name, *_),) = read(text, parser)
    assert " and " in name


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Seventeen people were killed, the General Staff said.", "the General Staff", None),
        (
            "“It was ours,” said the Chief of the General Staff, Jane Roe.",
            "Jane Roe",
            "Chief of the General Staff",
        ),
        ("The Major Crimes Unit said two men had been held.", "The Major Crimes Unit", None),
        ("The late General Jane Roe had said it was ours.", "Jane Roe", "late General"),
        ("Prime Minister Jane Roe said it was late.", "Jane Roe", "Prime Minister"),
    ],
)
def test_a_title_may_be_a_word_of_a_bodys_name(text, name, role, parser):
    """Behind “the”, or before a word for a body, it is nobody's title."""
    assert [found[:2] for found in read(text, parser)] == [(name, role)]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Club boss Sir Peter Hale said the side would fight.", "Club boss"),
        ("“It is late,” said Mr Hale.", None),
    ],
)
def test_words_of_respect_are_no_roles(text, role, parser):
    """Only what somebody does or is."""
    assert [found[1] for found in read(text, parser)] == [role]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The bureau said the film was real. Two men fired four times, it said.", "The bureau"),
        ("The ministry said that guns had moved.\n\nIt said the guns had moved at night.", "The ministry"),
        ("The ministry sent a letter, Jane Roe said. It said the guns had been moved.", None),
    ],
)
def test_it_goes_on_for_the_body_that_spoke_last(text, name, parser):
    """As surely as a body named there; behind a person “it” is nobody."""
    last = attribute_text(text, parser)[-1]
    assert (last.name, text[slice(*last.speaker)].lower()) == (name, "it")
    assert last.confidence >= 0.85


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The ministry specified that 14 people were killed and not 17.", "The ministry"),
        ("Doe left in July for no reason, a club insider sniped.", "a club insider"),
        ("“It was horrible to see!” wailed Jane Roe.", "Jane Roe"),
        ("“It was horrible to see,” sobbed mum Dawn, 33.", "Dawn"),
    ],
)
def test_verbs_of_wire_and_tabloid_report(text, name, parser):
    """They are in the table of cues."""
    assert [found[0] for found in read(text, parser)] == [name]


def test_what_a_country_claims_as_its_own_is_nothing_said(parser):
    """It claims a thing, and a flood lives."""
    text = "At stake is the peace of the island, 90 miles off the coast of Orle, that Varn claims as its own."
    assert not read(text, parser)
    text = (
        "The July 4 flash flooding has claimed the lives of at least 119 people, a toll that has risen as "
        "search and rescue teams and volunteers comb through debris."
    )
    assert not read(text, parser)
    assert len(read("The mayor claimed that lives were at risk in the harbour.", parser)) == 1
