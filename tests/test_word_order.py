"""Speakers by word order, on invented texts that the parser misreads."""

import pytest

from index.speech.attribution import attribute_text


def read(text, parser):
    """Each statement's content, speaker and cue, as written."""
    return [
        (
            " … ".join(text[span.start : span.end] for span in statement.content),
            text[statement.speaker.start : statement.speaker.end] if statement.speaker else None,
            text[statement.cue.start : statement.cue.end],
        )
        for statement in attribute_text(text, parser)
    ]


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        (
            "Yet, “it is hard to say why,” added Roe, the keeper of the light.",
            "“it is hard to say why,”",
            "Roe",
        ),
        (
            "“Having a quay that nobody can use is a shame,” said Skell, explaining why he left.",
            "“Having a quay that nobody can use is a shame,”",
            "Skell",
        ),
        (
            "Whatever the storm did to the boats, “its cost to the town is very small,” says Walter Stone.",
            "Whatever the storm did to the boats, “its cost to the town is very small,”",
            "Walter Stone",
        ),
        (
            "Nothing he did “will help anybody now,” harbour master Jane Roe said.",
            "Nothing he did “will help anybody now,”",
            "harbour master Jane Roe",
        ),
    ],
)
def test_the_mention_beside_a_cue_and_a_quotation_speaks(text, content, speaker, parser):
    """Who stands behind the cue, or between it and the quotation, speaks; a subject before is quoted."""
    assert read(text, parser)[0][:2] == (content, speaker)


def test_a_clause_behind_the_cue_has_a_subject_of_its_own(parser):
    """What follows a cue at once is no speaker where it begins the words that are reported."""
    text = "Roe, the author of “Going Down,” said the days when boats lay here were gone."
    assert all(speaker.startswith("Roe") for _, speaker, _ in read(text, parser))


def test_a_participle_takes_the_subject_of_its_sentence(parser):
    """“…, holding signs and chanting “…”” is said by the subject before, however far."""
    text = (
        "Outside the sports hall in Sellmar, about 200 protesters stood in three rows, holding signs and "
        "chanting “Stop the dredging.”"
    )
    assert read(text, parser) == [("“Stop the dredging.”", "200 protesters", "chanting")]


def test_a_participle_that_begins_a_sentence_goes_on_with_the_last_speaker(parser):
    """“Adding, “…”” belongs to whoever spoke in the sentence right before."""
    text = (
        "Mr. Roe said that the quay “was not good.” Adding, “Now, like with all quays, what they do is never "
        "that bad.”"
    )
    assert read(text, parser)[1][1:] == ("Mr. Roe", "Adding")


def test_a_participle_reaches_no_further_than_the_sentence_before(parser):
    """A participle behind a sentence without a speaker has none."""
    text = "Mr. Roe said that the quay was shut. The boats lay idle. Adding, “Now they are never that bad.”"
    assert [speaker for content, speaker, _ in read(text, parser) if "Now" in content] in ([], [None])


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Mr. Skell, whose latest firm, Paradata, uses boats to help towns find fish, said Mr. Doe was "
            "“kind of a guy”.",
            "Mr. Skell",
        ),
        (
            "One keeper, who like others spoke on the condition of anonymity to discuss the private meeting, "
            "said the message was that “this is not going to be over in March.”",
            "One keeper",
        ),
    ],
)
def test_the_head_of_a_bracketed_mention_speaks(text, speaker, parser):
    """What stands in commas between a mention and its cue does not part them."""
    assert read(text, parser)[-1][1:] == (speaker, "said")


@pytest.mark.parametrize(
    ("text", "speaker", "cue"),
    [
        (
            "“The captain cannot say so,” Roe said after the young sailor easily won the race, remarking "
            "that it was “safe enough” there.",
            "Roe",
            "remarking",
        ),
        (
            "The mayor cannot say that “from the quay,” Roe added, saying it should be “up to the captains”.",
            "Roe",
            "saying",
        ),
        ("“The boats are safe,” Roe said, according to the keeper.", "the keeper", "according to"),
    ],
)
def test_a_cue_that_goes_on_keeps_the_speaker(text, speaker, cue, parser):
    """A participle behind a cue and a comma has that cue's speaker; "according to" has its own."""
    assert [found[1] for found in read(text, parser) if found[2] == cue] == [speaker]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "There is no overlap with Roe's team, a Port House official who spoke anonymously to discuss "
            "internal strategy said Wednesday, “Certainly there are talks.”",
            "a Port House official",
        ),
        (
            "At one point on Sunday, Roe, who has nearly 9 million followers, tweeted, “The quay is lost for "
            "good.”",
            "Roe",
        ),
    ],
)
def test_whom_a_clause_tells_more_of_has_the_cue_behind_it(text, speaker, parser):
    """Neither a day nor a thing in a clause with "who" speaks, but whom the clause tells more of."""
    assert read(text, parser)[-1][1] == speaker


def test_a_contrast_is_not_what_the_first_speaker_said(parser):
    """What another says behind "while" is parted from what was said before it."""
    text = (
        "Marsh suggested that someone who sells boats can't be mayor, while Roe said that the “stakes are "
        "too high” for Doe."
    )
    assert [(content, speaker) for content, speaker, _ in read(text, parser)] == [
        ("that someone who sells boats can't be mayor", "Marsh"),
        ("that the “stakes are too high” for Doe", "Roe"),
    ]
