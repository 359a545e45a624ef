"""Turns of a transcript are statements of whom their labels name; on invented texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.speech.attribution import attribute_text
from index.speech.quotations import split_paragraphs
from index.speech.transcripts import find_transcript, state_speeches

TURNS = (
    "OLAF BRANDT, PRESENTER: A second crane has failed. Jane Roe runs the port. Was it the wind?",
    "JANE ROE, HEAD OF THE PORT: It was. I was told on Monday that it was safe.",
    "BRANDT: Anna Pell, you were there.",
    "PELL (by telephone): There was no wind at all.",
    "ROE: She was in her office.",
    "BRANDT: Our reporter Kim Hale is at the quay.",
    "HALE: The driver has spoken to me. “I never let go of the brake,” he said.",
    "PELL: He told me the same.",
)
TEXT = "\n\n".join(["This is a transcript of the evening news.", *TURNS])


@pytest.fixture(scope="module")
def spoken(parser):
    return [
        (" ".join(TEXT[slice(*span)] for span in one.content), one.name, one.confidence)
        for one in attribute_text(TEXT, parser)
    ]


def test_guests_speak_under_their_full_names(spoken):
    """The name is as the text writes it elsewhere; what the label adds is left out."""
    said = {content: name for content, name, sure in spoken if sure > 0.9}
    assert said["It was. I was told on Monday that it was safe."] == "Jane Roe"
    assert said["There was no wind at all."] == "Anna Pell"
    assert said["She was in her office."] == "Jane Roe"


def test_who_presents_or_reports_is_nobody_who_is_quoted(spoken):
    """A reporter does not own the words of the driver whom he met."""
    assert not {"Olaf Brandt", "Kim Hale", "HALE"} & {name for _, name, sure in spoken if sure > 0.5}


def test_a_label_is_no_part_of_what_a_presenter_reports(parser):
    """What others say in a presenter's turn begins behind the label."""
    turns = (
        "ANCHOR: Good evening. We go to Jane Roe.",
        "ROE: I am at the bridge.",
        "ANCHOR: What do people say?",
        "ROE: They say they are angry.",
        "DOE (on tape): It was all gone.",
        "ANCHOR: The president said he would visit on Monday, his office said.",
        "DOE: We hope he comes.",
    )
    text = "\n\n".join(turns)
    contents = [text[slice(*span)] for each in attribute_text(text, parser) for span in each.content]
    assert "The president said he would visit on Monday" in contents
    assert not any("ANCHOR" in content for content in contents)


@pytest.mark.parametrize(
    "lines",
    [
        ["BEARS: Three wins.", "LIONS: No wins.", "HAWKS: Two wins.", "CATS: One win."],
        ["UPDATE: The road is open.", "CORRECTION: It is not.", "UPDATE: It is.", "CORRECTION: No."],
        ["The port has burnt.", "It burnt all night.", "Nobody knows why.", *TURNS[:3]],
    ],
)
def test_headings_in_capitals_make_no_transcript(lines):
    """Lists, corrections and articles with a few labels have no turns."""
    text = "\n\n".join(lines)
    assert find_transcript(text, split_paragraphs(text)) == ()


@given(
    st.lists(
        st.sampled_from(["ROE", "ANNA PELL", "Q", "É", "X: Y", "(", ",", ": ", "\n\n", "yes?", "ŁÓDŹ: "])
    )
)
def test_turns_lie_within_their_paragraphs(pieces):
    """Whatever the text, each turn's words stand in it behind their label."""
    text = " ".join(pieces)
    speeches = find_transcript(text, split_paragraphs(text))
    for speech in speeches:
        assert speech.paragraph.start <= speech.label.end <= speech.content.start < speech.paragraph.end
    assert len(state_speeches(text, speeches, "a")) == sum(not speech.presents for speech in speeches)
