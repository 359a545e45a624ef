"""Speech as live blogs, tabloids and sports desks write it, on invented texts."""

import pytest

from index.speech.attribution import attribute_text


def read(text, parser):
    """Return (content, speaker, name) of each statement, contents as one string."""
    return [
        (
            " … ".join(text[slice(*span)] for span in each.content),
            text[slice(*each.speaker)] if each.speaker else None,
            each.name,
        )
        for each in attribute_text(text, parser)
    ]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The mayor, Jane Roe said: “I will not go.”", "The mayor, Jane Roe"),
        ("After the vote, Jane Roe, the mayor, said: “I will not go.”", "Jane Roe, the mayor"),
        ("On Monday, Roe and Doe said: “We will not go.”", "Roe and Doe"),
    ],
)
def test_a_speaker_with_commas_is_left_whole(text, speaker, parser):
    """Commas that belong to the speaker, and no opening phrase, part nothing."""
    assert [found[1] for found in read(text, parser)] == [speaker]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jane Roe, CEO of Halyard: “We expect growth next year.”", "Jane Roe"),
        ("Jane Roe on the defeat: “We were not good.”", "Jane Roe"),
        ("Roe, via email: “We will appeal.”", "Roe"),
        ("Bank of Varn: “We expect growth next year.”", "Bank of Varn"),
    ],
)
def test_the_name_that_begins_a_heading_speaks(text, name, parser):
    """Before a colon the first name speaks, not the last word of what is told of it."""
    ((_, _, found),) = read(text, parser)
    assert found == name


def test_a_signature_ends_before_the_stop(parser):
    """The stop behind a name that signs a quotation is none of it."""
    assert read("“It was never a penalty!” – Doe.", parser)[0][2] == "Doe"


def test_an_age_is_written_out(parser):
    """“The 29-year-old” is one word to its hyphens' end."""
    assert read("“I am over the moon!” gushed the 29-year-old.", parser)[0][2] == "the 29-year-old"


def test_while_another_begins_a_statement_behind_a_quotation(parser):
    """What somebody else says behind “while” is none of the first one's words."""
    text = "One fan wrote: “Queen behaviour,” while another added: “She is the best.”"
    assert [found[:2] for found in read(text, parser)] == [
        ("“Queen behaviour,”", "One fan"),
        ("“She is the best.”", "another"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The couple split in May, per TMZ.", [("The couple split in May", "TMZ", "TMZ")]),
        ("Per Roe, the deal is “dead”.", [("the deal is “dead”", "Roe", "Roe")]),
        ("The quay costs two crowns per Varn ferry.", []),
        ("It stars Kåre Lind, Lina Moen, Per Ragnar.", []),
    ],
)
def test_per_a_name_cites_it(text, expected, parser):
    """“Per TMZ” is “according to TMZ”; a rate and a given name are not."""
    assert read(text, parser) == expected


def test_a_cited_speaker_goes_on(parser):
    """The sentence behind “…,” Roe said, according to Halyard, is Roe's too."""
    text = "“It is late,” Roe said, according to Halyard. “The quay is shut and nobody knows why.”"
    found = {speaker: content for content, speaker, _ in read(text, parser)}
    assert found["Roe"] == "“It is late,” … “The quay is shut and nobody knows why.”"
    assert found["Halyard"].endswith("nobody knows why.”")


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "Roe said that the port was shut, and he had access to a lock that “was like an open orchid.”",
            "that the port was shut, and he had access to a lock that “was like an open orchid.”",
        ),
        (
            "Roe predicted that wages would fall over time, but that the higher pay would make up for it.",
            "that wages would fall over time, but that the higher pay would make up for it",
        ),
        ("Roe said that wages would fall, but that is not new.", "that wages would fall"),
    ],
)
def test_a_joined_clause_is_reported_too(text, content, parser):
    """What goes on with “and that”, or with a pronoun and a quotation, is still what was said."""
    assert read(text, parser)[0][0] == content


@pytest.mark.parametrize("clock", ["11.05", "2:40", "11.05am"])
def test_the_time_of_an_entry_is_no_part_of_who_speaks(clock, parser):
    """Live blogs head each entry with a time, which the parser takes for a part of the subject."""
    text = (
        f"{clock} A source close to the mayor tells us that he met both sides in secret on Wednesday night."
    )
    assert [found[1] for found in read(text, parser)] == ["A source close to the mayor"]


def test_the_heading_of_an_entry_does_not_speak(parser):
    """Of two subjects, the one behind the colon has the verb."""
    text = "11:55 Not so: the talks go on, the ministry says."
    assert [found[1] for found in read(text, parser)] == ["the ministry"]
