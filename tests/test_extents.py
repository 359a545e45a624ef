"""How much is quoted around a sentence."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.datatypes import Label, Span, Statement
from index.quotes.extents import extend_sentence
from index.texts.sentences import split_sentences


def extend(text, start, statements=(), **options):
    sentences = split_sentences(text)
    index = next(i for i, span in enumerate(sentences) if text[span.start :].startswith(start))
    span = extend_sentence(text, sentences, index, statements, **options)
    return text[span.start : span.end]


def test_a_sentence_that_stands_alone_is_quoted_alone():
    """Nothing is added that is not needed."""
    text = "The bridge at Sellmar opened. The mayor of Sellmar, Ada Voss, closed the bridge. It rained."
    assert extend(text, "The mayor") == "The mayor of Sellmar, Ada Voss, closed the bridge."


def test_a_pronoun_brings_its_owner():
    """A pronoun is quoted with the sentence that names its owner."""
    text = "Ada Voss took office in May.\n\nShe denied that the bridge had closed."
    assert extend(text, "She") == text


def test_a_pronoun_beside_a_name_needs_no_owner():
    """Where the sentence itself names somebody it can be understood."""
    text = "The town voted in May.\n\nIt is unsafe, said Ada Voss of the harbour board."
    assert extend(text, "It") == "It is unsafe, said Ada Voss of the harbour board."


def test_bare_quoted_words_bring_their_speaker():
    """A quotation without a cue reaches for the sentence that holds it."""
    text = "“The bridge is safe. Nobody was hurt.” The mayor said this on Monday. It rained."
    assert extend(text, "“The bridge") == text.removesuffix(" It rained.")


def test_who_denies_it_in_the_next_paragraph_is_not_the_speaker():
    """Bare quoted words belong to who spoke before them; the next paragraph says something else."""
    claim = "“We did Friday’s log on Monday,” said the woman. “Every week. For a year.”"
    text = f"{claim}\n\nHarvest Table said the allegation was untrue."
    assert extend(text, "“Every") == claim
    bare = "“It is safe.”"
    assert extend(f"{bare}\n\nThe mayor said it was not.", "“It is") == bare


def test_a_title_in_marks_at_the_head_is_no_quotation():
    """The sentence names its own subject: who spoke in the paragraph before has nothing to do with it."""
    title = "“The Salt Road” was bought from a dealer for two million crowns."
    assert extend(f"“It is white all the way,” she said.\n\n{title}", "“The Salt") == title


def test_whom_a_statement_knows_is_not_guessed():
    """The sentence behind quoted words is another's where a statement says whose they are."""
    text = "“It is safe.” The mayor said it was not."
    content = Span(0, text.index(" The"))
    said = Statement("a", (content,), speaker=content, name="Ada Voss", confidence=1.0)
    assert extend(text, "“It is", (said,)) == "“It is safe.”"


@pytest.mark.parametrize(
    ("text", "start", "quoted"),
    [
        (
            "‘My nan’s on a pension. I thought, people should hear that,’ he told a pal.",
            "I thought",
            "‘My nan’s on a pension. I thought, people should hear that,’ he told a pal.",
        ),
        (
            "Ada Voss left. ‘It is the workers’ bridge. They built it,’ said Tom Ray. Rain fell.",
            "‘It is",
            "‘It is the workers’ bridge. They built it,’ said Tom Ray.",
        ),
        ("‘It is over,’ said Ada Voss. The workers’ pay fell at Sellmar.", "The workers", None),
        ("‘It is over,’ said Ada Voss. Tom Ray’s bridge wasn’t shut in Sellmar.", "Tom", None),
        ("Tom Ray saw the ‘end’. Ada Voss called the players’ ‘plan’ at Sellmar good.", "Ada", None),
    ],
)
def test_single_marks_are_closed_and_apostrophes_close_nothing(text, start, quoted):
    """The other half of a quotation in single marks is added, and nothing for a mark that owns."""
    assert extend(text, start) == (quoted or text[text.index(start) :])


def test_the_other_half_of_an_open_quotation_is_added():
    """A quotation that runs over a paragraph is closed before it is shown."""
    text = "“The first half is here.\n\n“And the second half,” the mayor said."
    assert extend(text, "“The first").endswith("the mayor said.")


def test_a_sentence_cut_at_an_abbreviation_is_joined():
    """What the splitter took for an end was none."""
    text = "It sank at 10:30 p.m. October 3, the coast guard said."
    assert extend(text, "It sank") == text


def test_the_cue_and_speaker_of_a_statement_are_covered():
    """Offsets found at build time reach further than the rules here."""
    text = "Ada Voss spoke on Monday. It poured. The bridge at Sellmar will close."
    said = Statement("a", (Span(text.index("The bridge"), len(text)),), speaker=Span(0, 8), confidence=1.0)
    assert extend(text, "The bridge", [said]) == text


def test_a_bound_is_kept():
    """What does not fit is left out, and the sentence itself never is."""
    text = "Ada Voss took office in May.\n\nShe denied that the bridge had closed."
    assert extend(text, "She", max_length=40) == "She denied that the bridge had closed."


@given(
    st.lists(
        st.sampled_from(["He said so. ", "“It is. ", "Ada left.” ", "10 p.m. ", "\n\n", '"Yes" ', "It."]),
        max_size=12,
    )
)
def test_only_whole_sentences_are_quoted(pieces):
    """Whatever the text, a quote begins and ends where sentences do and holds the one chosen."""
    text = "".join(pieces)
    sentences = split_sentences(text)
    for index, sentence in enumerate(sentences):
        span = extend_sentence(text, sentences, index, max_length=60)
        assert span.start in {s.start for s in sentences}
        assert span.end in {s.end for s in sentences}
        assert span.start <= sentence.start < sentence.end <= span.end
        assert span.end - span.start <= max(60, sentence.end - sentence.start)


def say(text, content, speaker, name=None):
    """The statement of words in a text by the mention behind them."""
    start, at = text.index(content), text.index(speaker)
    return Statement(
        "a", (Span(start, start + len(content)),), None, Span(at, at + len(speaker)), name, confidence=0.9
    )


def test_no_sentence_of_another_speaker_is_added():
    """The quote would begin with somebody else's words under the wrong name."""
    text = "“Five letters were empty,” Ada Voss said.\n\n“I would like to see one,” the mayor said."
    spoken = (say(text, "“Five letters were empty,”", "Ada Voss"), say(text, "“I would like", "the mayor"))
    assert extend(text, "“I would", spoken) == "“I would like to see one,” the mayor said."


def test_an_owner_who_is_known_by_name_needs_no_sentence():
    """The name stands above the quote."""
    text = "The market opened at nine.\n\n“I would like to see one,” the mayor said."
    spoken = (say(text, "“I would like", "the mayor", "Ilse Brandt"),)
    assert extend(text, "“I would", spoken) == "“I would like to see one,” the mayor said."
    assert extend(text, "“I would") == text


def test_a_denial_brings_no_claim():
    """What it denies is the other side's, whoever says it, and would stand under the denier's name."""
    text = "The trams paid their drivers twice, slips show.\n\nThe company rejected the report."
    denial = replace(say(text, "the report", "The company"), label=Label.DENIED)
    assert extend(text, "The company", (denial,)) == "The company rejected the report."
    assert extend(text, "The company") == text
