"""A speaker is shown by the whole name, or in the report's words: never by a part that names another."""

import pytest

from index.speech.attribution import attribute_text


def shown(text, parser):
    """Return who is shown as the speaker of each statement, and the role."""
    return [
        (each.name or (text[slice(*each.speaker)] if each.speaker else None), each.role)
        for each in attribute_text(text, parser)
    ]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The recall is over, according to the Food and Drug Administration.", "Food and Drug"),
        ("KVRN-TV reported that the mill had closed.", "KVRN-TV"),
        ("It will snow, according to The Old Miller's Almanac.", "Old Miller's Almanac"),
        ("Six out of 10 Varners say that the bridge is too narrow.", "Six out of 10 Varners"),
        ("Trent and Upland Republicans have argued that the count was fair.", "Trent and Upland Republicans"),
        ("Psalm 150 says, “Let everything that has breath sing.”", "Psalm 150"),
        ("Columnist E. Jean Roe said that she would sue.", "Columnist E. Jean Roe"),
        ("“It is late,” Roe, 45, told the Gazette.", "Roe"),
        ("Ms Halvey of Open Gate said that it was late.", "Halvey"),
        ("Its state agency, Ulpress, had reported on Monday that it was late.", "Ulpress"),
    ],
)
def test_a_name_is_not_cut_out_of_a_longer_one(text, speaker, parser):
    """Nor out of several that speak together; an age behind a name is none of it."""
    assert any((found or "").startswith(speaker) for found, _ in shown(text, parser)), shown(text, parser)


@pytest.mark.parametrize("marks", ["“”", '""', "‘’"])
def test_a_nickname_in_a_name_is_shown(marks, parser):
    """With the given name before it."""
    text = f"Marshall {marks[0]}Red{marks[1]} Roe, a baker, said that it was late."
    assert shown(text, parser)[0][0] == f"Marshall {marks[0]}Red{marks[1]} Roe"


def test_who_was_asked_did_not_ask(parser):
    """“Asked what …, he smiled” has no known speaker, nor has a negation that the parser takes for one."""
    text = "That is so, too. Asked what his nerves were on a scale of 1-10 after his first race, he smiled."
    assert all(name is None for name, _ in shown(text, parser))
    text = "Roe complained that they didn’t call witnesses, but didn’t explain why his team didn’t ask them."
    assert all(name != "n’t" for name, _ in shown(text, parser))


def test_a_surname_that_ends_like_a_role_is_a_name(parser):
    """“An adviser to Roe, John Ehrman, said”: Ehrman said it."""
    text = "Karl Roe left. A top adviser to Roe, John Ehrman, said that he would not return."
    assert shown(text, parser)[-1] == ("John Ehrman", "top adviser to Roe")


def test_who_tells_between_minus_signs_speaks(parser):
    """Some newsrooms write “−” for a dash."""
    text = "Lawyer Todd Roe − who is up for office − said her words were a “whistle”."
    assert ("Todd Roe", "Lawyer") in shown(text, parser)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ulrich Stern slept. The Sterns’ Varn native said he was praying.", "The Sterns’ Varn native"),
        (
            "Ulrich Stern was glad, he said. The former Varn ambassador said she would stay.",
            "The former Varn ambassador",
        ),
        (
            "Ulrich Stern was glad, he said. The Varn prosecutor said that Stern was too kind.",
            "The Varn prosecutor",
        ),
        (
            "Witness was there. “I heard it,” the 73-year-old Varn resident said.",
            "the 73-year-old Varn resident",
        ),
    ],
)
def test_somebody_who_cannot_be_meant_is_not_named(text, speaker, parser):
    """Not the owner in the mention, nor whom the words tell of, nor a noun that opens a sentence."""
    assert shown(text, parser)[-1][0] == speaker


def test_a_document_has_no_name_of_its_own(parser):
    """The name behind “according to the report,” begins what the report says."""
    text = "According to the inspection report, Jane Roe, a nurse, closed the valve."
    assert shown(text, parser)[0][0] == "the inspection report"


def test_a_mention_keeps_its_article_and_loses_what_is_told_of_both(parser):
    """“The lawsuit claims”; “Roe and his wife, Ada, both former teachers, said”."""
    text = (
        "“Ada Roe never signed it,” the lawsuit claims. Roe and his wife, Ada, both former teachers, said so."
    )
    (claimed, _), *others = shown(text, parser)
    assert claimed == "the lawsuit"
    assert all("both" not in (name or "") for name, _ in others)


@pytest.mark.parametrize(
    ("text", "reports"),
    [
        ("Officers found two men dead in the yard.", False),
        ("Varn find themselves in twelfth place.", False),
        ("The easy choice for the day finds the sailors leaping into play.", False),
        ("Officers found that two men had died in the yard.", True),
        ("Ada Roe, a baker in Varn, finds the bill hypocritical.", True),
        ("The survey also found those attitudes flip when readers under age 30 were asked.", True),
        ("The judge found Roe liable for the damage.", True),
    ],
)
def test_what_is_found_is_told_by_a_clause(text, reports, parser):
    """A thing that is found is no statement, unless a court, a study or a poll finds it."""
    assert bool([each for each in attribute_text(text, parser) if each.confidence >= 0.85]) is reports


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Right-leaning groups like the National Center for Public Policy Research and the National "
            "Legal and Policy Center say they bring proposals to counter the board.",
            "Right-leaning groups like the National Center for Public Policy Research",
        ),
        (
            "The Sellmar/VRN poll of 1,000 registered voters conducted at the end of May found that Roe led.",
            "The Sellmar/VRN poll of 1,000 registered voters",
        ),
        (
            "After naming him publicly as his nominee for defense secretary, a source close to the Roe camp "
            "said he is considering replacing him.",
            "a source close to the Roe camp",
        ),
        (
            "Prosecutors with the Varn Attorney General's Office say Logan took the scales apart.",
            "Prosecutors with the Varn Attorney General's Office",
        ),
        ("Jane Roe left. Dr Roe’s husband says she was tucked up at home.", "Dr Roe’s husband"),
        (
            "According to the Augustinian Vocations of Varn, Augustinians are members.",
            "Augustinian Vocations of Varn",
        ),
        (
            "Sen. Tim Roe, R-S.C., during a visit to the fair, also defended it by saying \"we've seen the "
            'legal system being weaponized against opponents."',
            "Tim Roe",
        ),
        (
            "According to information from Crawford County authorities, Alejandro Jose Zarr, 26, was "
            "arrested in early May in Prairie du Chien.",
            "information from Crawford County authorities",
        ),
        (
            "John Roe said it was so. Yet the mayor of Varn and local police say the accounts are untrue.",
            "the mayor of Varn and local police",
        ),
        ("A friend of the singer Jane Roe said that she was late.", "A friend of the singer Jane Roe"),
        ("A man close to the mayor Jane Roe said it was so.", "A man close to the mayor Jane Roe"),
        ("Bank of Varn governor Jane Roe said it was late.", "Jane Roe"),
        ("The chief of staff General Jane Roe said it was late.", "Jane Roe"),
        ("Will Mike Roe cut the fund?\n\nRoe said that he did not know.", "Mike Roe"),
    ],
)
def test_a_long_mention_keeps_its_words(text, speaker, parser):
    """It ends where a phrase ends, and is not whoever it, or what leads to it, names besides."""
    assert shown(text, parser)[-1][0] == speaker, shown(text, parser)


def test_a_day_does_not_speak(parser):
    """“According to the Sunday, Oct. 5, outlook”."""
    text = "According to the Sunday, Oct. 5, 2025, outlook from the weather office in Varn, it will rain."
    assert not shown(text, parser)


def test_a_role_ends_in_its_noun(parser):
    """“the author of “The Deep””, “an - as he says - former host”; a summary is no role."""
    text = "John Roe, the author of “The Deep”, said the files are gone."
    assert shown(text, parser)[0] == ("John Roe", "author")
    text = "AI-assisted summary Ada Swift left. “We’re about to go on a long trip,” Swift says."
    assert shown(text, parser)[0] == ("Ada Swift", None)


def test_who_tells_between_figure_dashes_speaks(parser):
    """Some newsrooms write “‒” for a dash."""
    text = "In an interview, Pete Roe ‒ a former host ‒ denied it, and Doe ‒ a mayor ‒ said he left."
    assert shown(text, parser) == [("Pete Roe", "former host"), ("Doe", "mayor")]
