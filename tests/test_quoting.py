"""Which sentences are quoted."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answers import Citation, Hit, Part, Question
from index.datatypes import Article, Label, Moment, Passage, Span, Statement
from index.quotes.candidates import Source
from index.quotes.quoting import select_quotes
from index.quotes.terms import Rarity
from index.texts.sentences import split_sentences

RARITY = Rarity(500, lambda word: 400 if word.lower() in {"the", "said"} else 2)

KUPYANSK = (
    "TASS reported that units had left the town of Kupyansk.\n\n"
    "However, the deputy head of the district’s administration, Andriy Kanashevych, called the reports "
    "“an information attack”.\n\n"
    "On October 3, Borova and Pidlyman were liberated. Over 30 towns came under fire."
)


def source(
    text=KUPYANSK,
    article="a",
    outlet="The Courier",
    statements=(),
    carriers=(),
    title="Troops said to leave Kupyansk",
    story="",
    published=None,
    report="",
):
    kept = Article(article, title, text, "a.txt", outlet, published=published)
    citation = Citation(article, kept.title, outlet, None, None, None, carriers)
    return Source(kept, citation, statements, report, story=story)


def hit(kept, start=0, end=None, score=0.9):
    text = kept.article.text
    end = len(text) if end is None else end
    return Hit(Passage(1, kept.article.id, start, end, text[start:end]), score)


def select(question, *sources, parts=(), overview=False, latest=False, **options):
    asked = Question(question, question, parts=parts, overview=overview, latest=latest)
    kept = {one.article.id: one for one in sources}
    return select_quotes(asked, [hit(one) for one in sources], kept, RARITY, **options)


def quotes(question, *sources, **options):
    return [quote.text for quote in select(question, *sources, **options).quotes]


def test_the_sentence_that_answers_is_first():
    """Numbers for how many, dates for when, and the words of the question."""
    assert quotes("How many towns came under fire?", source())[0] == "Over 30 towns came under fire."
    assert quotes("When was Borova liberated?", source())[0].startswith("On October 3")
    assert "information attack" in quotes("What did the official call the reports?", source())[0]


def test_a_quote_is_its_slice_and_its_highlights_lie_in_it():
    """The core promise."""
    chosen = select("How many towns came under fire?", source()).quotes
    for quote in chosen:
        assert quote.text == KUPYANSK[quote.start : quote.end]
    assert [chosen[0].text[s.start : s.end] for s in chosen[0].highlights] == ["Over 30"]


def test_a_confident_statement_gives_speaker_role_and_cue():
    """Below the threshold nothing is said of the speaker."""
    start = KUPYANSK.index("“an information")
    cue, name = KUPYANSK.index("called"), KUPYANSK.index("Andriy")
    said = Statement(
        "a", (Span(start, start + 23),), Span(cue, cue + 6), Span(name, name + 18), "Andriy Kanashevych",
        "deputy head", ("TASS",), Label.DENIED, 0.9,
    )  # fmt: skip
    question = "What did the official call the reports?"
    first = select(question, source(statements=(said,))).quotes[0]
    assert (first.speaker, first.role, first.cue) == ("Andriy Kanashevych", "deputy head", "called")
    assert (first.label, first.chain, first.mention) == (Label.DENIED, ("TASS",), None)
    unsure = select(question, source(statements=(said,)), least_attribution=0.95).quotes[0]
    assert (unsure.speaker, unsure.label) == (None, None)


def test_a_sure_speaker_of_a_few_words_does_not_stand_for_the_whole_sentence():
    """Who said most of it is not known surely, so nobody is named."""
    start = KUPYANSK.index("Over 30 towns came under fire.")
    whole = Statement("a", (Span(start, start + 29),), None, None, "Jane Roe", None, (), Label.STATED, 0.6)
    part = replace(whole, content=(Span(start, start + 7),), name="Ann Doe", confidence=0.95)
    first = select("How many towns came under fire?", source(statements=(whole, part))).quotes[0]
    assert first.speaker is None
    alone = select("How many towns came under fire?", source(statements=(part,))).quotes[0]
    assert alone.speaker == "Ann Doe"


def test_a_role_does_not_say_whose_it_is():
    """Beside a name "its director" is "director", since the words before it are not shown."""
    start = KUPYANSK.index("Over 30 towns came under fire.")
    said = Statement(
        "a", (Span(start, start + 29),), None, None, "Jane Roe", "its director", (), Label.STATED, 0.95
    )
    first = select("How many towns came under fire?", source(statements=(said,))).quotes[0]
    assert (first.speaker, first.role, first.is_titled) == ("Jane Roe", "director", False)


def test_copies_are_quoted_once_and_carried():
    """The same sentence from another outlet adds its name, not a quote."""
    chosen = select(
        "How many towns came under fire?", source(), source(article="b", outlet="The Lantern")
    ).quotes
    assert [quote.text for quote in chosen].count("Over 30 towns came under fire.") == 1
    assert chosen[0].citation.outlet == "The Courier"
    assert chosen[0].citation.carriers == ("The Lantern",)


def test_a_report_that_two_outlets_carry_is_cited_from_one():
    """Its other sentences are not cited as another report's, though only the copy was found for them."""
    text = "The mayor of Varn shut the bridge. It rained. The bridge of Varn had lost 12 bolts."
    wire = source(text, "wire", "Northgate", report="wire", carriers=("The Sentinel",))
    copy = source(f"VARN - {text}", "copy", "The Sentinel", report="wire", carriers=("Northgate",))
    question = Question("q", "Who shut the bridge of Varn?")
    kept = {"wire": wire, "copy": copy}
    for first, second in ((wire, copy), (copy, wire)):
        opening = hit(first, 0, first.article.text.index("It"))
        ending = hit(second, second.article.text.index("The bridge"))
        chosen = select_quotes(question, [opening, ending], kept, RARITY).quotes
        assert [quote.citation.article for quote in chosen] == [first.article.id] * 2
    chosen = select_quotes(question, [hit(wire, 0, text.index("It")), hit(copy)], kept, RARITY).quotes
    assert (
        len({quote.citation.outlet for quote in chosen}) == 1
    )  # though a dateline leads the copy's sentence
    for quote in chosen:
        assert kept[quote.citation.article].article.text[quote.start : quote.end] == quote.text


def test_sentences_that_differ_in_a_name_or_a_number_are_both_quoted():
    """Alike as they are, they report two things."""
    one = source("The mayor of Varn said that 30 houses had burned down.")
    other = source("The mayor of Varn said that 70 houses had burned down.", "b", "The Lantern")
    assert len(quotes("How many houses burned down in Varn?", one, other)) == 2


def test_another_outlet_goes_before_the_same_one_again():
    """Two sentences of one outlet do not hide the other outlet's."""
    one = source("The bridge at Sellmar closed on Monday.\n\nThe bridge at Sellmar closed because of ice.")
    other = source("A bridge in Sellmar was closed, the harbour board said.", "b", "The Lantern")
    chosen = select("Why was the bridge at Sellmar closed?", one, other, max_quotes=2).quotes
    assert {quote.citation.outlet for quote in chosen} == {"The Courier", "The Lantern"}


@pytest.mark.parametrize(("story", "quoted"), [("here", True), ("elsewhere", False)])
def test_another_story_must_answer_nearly_as_well(story, quoted):
    """What stands beside the first quote is of its story, or answers almost as well."""
    beside = source("Two towns bought fire engines last year.", "b", "The Echo", title="Engines", story=story)
    chosen = quotes("How many towns came under fire?", source(story="here"), beside)
    assert chosen[0] == "Over 30 towns came under fire."
    assert any("engines" in text for text in chosen) is quoted


@pytest.mark.parametrize(("place", "quoted"), [("Kupyansk", True), ("Brennica", False)])
def test_further_quotes_name_what_the_first_one_s_report_names(place, quoted):
    """A denial of another withdrawal is not put beside the one that is asked about."""
    first = source("The governor denied the withdrawal from Kupyansk.", story="one")
    other = source(
        f"The ministry denied the withdrawal from {place}.", "b", "The Echo", title="Guards", story="one"
    )
    chosen = quotes("Who denied the withdrawal from Kupyansk?", first, other)
    assert any("ministry" in text for text in chosen) is quoted


def test_each_part_of_a_question_is_covered():
    """A question that asks two things gets a quote for each."""
    parts = (Part("How many towns came under fire"), Part("what did the official call the reports?"))
    chosen = quotes(
        "How many towns came under fire and what did the official call the reports?", source(), parts=parts
    )
    assert any("30 towns" in text for text in chosen[:2])
    assert any("information attack" in text for text in chosen[:2])


def test_every_candidate_has_a_verdict_and_its_features():
    """What `ask --explain` shows."""
    selection = select("How many towns came under fire?", source(), max_quotes=1)
    assert len(selection.candidates) == len(split_sentences(KUPYANSK))
    assert all(candidate.verdict and candidate.features for candidate in selection.candidates)
    assert [c.verdict for c in selection.candidates].count("quote 1") == 1


def test_no_hits_give_no_quotes():
    """An empty list is an answer, not an error."""
    assert select("Who left?").quotes == ()


def test_only_sentences_of_the_hits_are_considered():
    """A sentence outside every passage is not quoted."""
    kept = source()
    end = KUPYANSK.index("\n\n")
    asked = Question("How many towns came under fire?", "")
    chosen = select_quotes(asked, [hit(kept, 0, end)], {"a": kept}, RARITY).quotes
    assert [quote.text for quote in chosen] == [KUPYANSK[:end]]


@pytest.mark.parametrize("most", [1, 2, 4])
def test_there_are_at_most_as_many_quotes_as_asked_for(most):
    """The bound holds."""
    assert 1 <= len(quotes("What happened in Kupyansk?", source(), max_quotes=most)) <= most


@given(
    st.text(min_size=1, max_size=60),
    st.lists(
        st.sampled_from(
            ["He left. ", "“Go,” she said. ", "É\u0301 <&> 😀. ", "\n\n", "Ada Voss, 33, won $5. ", "شكرا. "]
        ),
        max_size=10,
    ),
)
def test_quotes_of_any_text_are_slices_and_do_not_overlap(question, pieces):
    """Whatever question and text, every quote is whole sentences of it, and no two overlap."""
    text = "".join(pieces)
    chosen = select(question, source(text)).quotes
    bounds = split_sentences(text)
    for quote in chosen:
        assert quote.text == text[quote.start : quote.end] != ""
        assert quote.start in {span.start for span in bounds}
        assert quote.end in {span.end for span in bounds}
    ordered = sorted((quote.start, quote.end) for quote in chosen)
    assert all(before[1] <= after[0] for before, after in pairwise(ordered))


def test_an_overview_opens_with_the_leads_of_several_reports():
    """What opens a report goes before what names the topic more, and every outlet before one again."""
    lead = (
        "A gate of the lock at Varn gave way early on Tuesday, sending a wall of water into the inner basin."
    )
    other = "The harbour of Varn stays closed for a month while divers look for the parts of the broken gate."
    one = source(f"{lead} Varn is Varn. Varn has a lock.", "a", "The Courier", title="Gate fails")
    two = source(f"{other} Varn has been closed before.", "b", "The Post", title="Harbour closed", story="")
    stories = [Source(kept.article, kept.citation, story="lock") for kept in (one, two)]
    assert quotes("Varn", *stories, overview=True)[:2] == [lead, other]
    assert quotes("Varn", *stories)[0] != lead


def test_an_overview_begins_with_how_the_story_began():
    """Though a later report holds the topic as well; the rest follows by days, what has none at the end."""
    told = (
        ("A fourth engineer says that the gate of the lock at Varn was sound when he saw it.", 20),
        ("Somebody wrote eleven letters about the upper hinge of the lock gate at Varn.", None),
        ("A gate of the lock at Varn gave way on Tuesday and hurt two boatmen, the port said.", 6),
        ("Divers at the lock of Varn found the parts of the gate on the bed of the river.", 12),
    )
    reports = [
        source(
            text,
            str(row),
            f"Paper {row}",
            title="",
            published=day and Moment(date(2025, 5, day)),
            story="lock",
        )
        for row, (text, day) in enumerate(told)
    ]
    found = quotes("the lock gate at Varn", *reports, overview=True)
    assert found == [told[2][0], told[3][0], told[0][0], told[1][0]]
    alone = quotes("the lock gate at Varn", *reports, overview=True, max_quotes=1)
    assert alone == [told[2][0]]
    latest = quotes("the lock gate at Varn", *reports, overview=True, latest=True)
    assert latest[0] == told[0][0]


def test_the_newest_report_is_first_where_the_latest_is_asked_for():
    """Of reports that say as much."""
    reports = [
        source(
            f"The bridge of Varn is {state}.",
            state,
            state,
            published=Moment(date(2025, 5, day)),
            story="bridge",
        )
        for state, day in (("closed", 3), ("open", 9), ("damaged", 1))
    ]
    assert quotes("the bridge of Varn", *reports, latest=True)[0] == "The bridge of Varn is open."
    assert quotes("the bridge of Varn", *reports)[0] != "The bridge of Varn is open."


def test_the_latest_on_a_topic_is_told_by_the_newest_report_first():
    """An older one that tells more of the topic comes after it, and is not lost for its age."""
    reports = [
        source(text, outlet, outlet, title="", published=Moment(date(2025, 5, day)), story="recount")
        for text, outlet, day in (
            ("The recount in Lindover left the mayor ahead by 87 votes, the recount board said.", "Post", 1),
            ("All was well with the recount in Lindover.", "Courier", 29),
        )
    ]
    texts = [one.article.text for one in reports]
    assert quotes("the recount in Lindover", *reports, overview=True) == texts
    assert quotes("the recount in Lindover", *reports, overview=True, latest=True) == texts[::-1]


def test_being_newer_brings_no_report_nearer_to_the_matter():
    """Beside the first quote another story's newer report must answer nearly as well without its age."""
    reports = [
        source(text, title, title, title=title, published=Moment(date(2025, 5, day)), story=title)
        for text, title, day in (
            ("The bridge of Varn is closed.", "bridge", 1),
            ("A cat was seen at the quay.", "cat", 3),
            ("The fair of Varn begins.", "fair", 5),
            ("A dog was seen at the quay.", "dog", 9),
        )
    ]
    assert quotes("the bridge of Varn", *reports, latest=True) == ["The bridge of Varn is closed."]


def test_headings_and_questions_are_no_first_quotes():
    """They hold the words of the question, and answer nothing."""
    text = (
        "Do you know more about why the mayor of Varn resigned?\n\nWhy the mayor of Varn resigned\n\n"
        "The mayor of Varn stepped back over the bridge, his office said."
    )
    first = quotes("Why did the mayor of Varn resign?", source(text, title="Varn"))[0]
    assert first.startswith("The mayor of Varn stepped back")


def test_a_dateline_is_no_sentence():
    """Neither a place with its day nor the agency behind it is considered, each of them with its own dot."""
    text = "KARVEL, 2 June. /Torpress/. The bridge at Karvel was shut in June. Nobody was hurt there."
    sentences = [text[slice(*one.sentence)] for one in select("Karvel in June", source(text)).candidates]
    assert sorted(sentences) == ["Nobody was hurt there.", "The bridge at Karvel was shut in June."]


def test_a_pronoun_of_nobody_is_no_speaker():
    """Of "They — claimed" a reader learns nothing; how it was said stays."""
    text = "They claimed that the bridge of Varn is lost."
    said = Statement("a", (Span(18, 44),), Span(5, 12), Span(0, 4), None, None, (), Label.CLAIMED, 0.9)
    (quote,) = select("Is the bridge of Varn lost?", source(text, statements=(said,))).quotes
    assert (quote.speaker, quote.mention, quote.label) == (None, None, Label.CLAIMED)
    named = replace(said, name="Ann Roe")
    (quote,) = select("Is the bridge of Varn lost?", source(text, statements=(named,))).quotes
    assert (quote.speaker, quote.mention) == ("Ann Roe", "They")


def test_a_quote_that_holds_an_earlier_one_takes_its_place():
    """Who saw it, and what she saw, are one quote, not the half of it that came first."""
    text = (
        "Greta Noll, who sells herring from the corner stall, saw it at the lock too.\n\n"
        "“It just folded, like a wet box,” she told me."
    )
    chosen = select("What did Greta Noll see at the lock?", source(text)).quotes
    assert [quote.text for quote in chosen] == [text]
