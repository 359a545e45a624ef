"""Statements, on invented texts."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.datatypes import Article
from index.speech.attribution import attribute, attribute_text
from index.speech.statement_json import describe_statements


def contents(text, parser):
    return [[text[s:e] for s, e in statement.content] for statement in attribute_text(text, parser)]


def cue(text, statement):
    return text[statement.cue.start : statement.cue.end]


@pytest.mark.parametrize(
    ("text", "content", "reporting"),
    [
        ("“The quay is shut,” the mayor said.", ["“The quay is shut,”"], "said"),
        ("The mayor said: “The quay is shut.”", ["“The quay is shut.”"], "said"),
        ("“The quay is shut,” said the mayor.", ["“The quay is shut,”"], "said"),
        ("“The quay,” said the mayor, “is shut.”", ["“The quay,”", "“is shut.”"], "said"),
        ("“Is it shut?” Mrs. Roe asked.", ["“Is it shut?”"], "asked"),
        ("“It is shut,” she said. “Go home.”", ["“It is shut,”", "“Go home.”"], "said"),
        ("The mayor said the quay was shut.", ["the quay was shut"], "said"),
        ("The quay, the mayor said, was shut for good.", ["The quay", "was shut for good"], "said"),
        ("The mayor said the quay was “not safe at all”.", ["the quay was “not safe at all”"], "said"),
        ("The mayor called the quay “a death trap”.", ["the quay “a death trap”"], "called"),
        ("The mayor denied it on Monday.", ["it"], "denied"),
        (
            "The campaign called the paper’s report a “rush to judgment”.",
            ["the paper’s report a “rush to judgment”"],
            "called",
        ),
        ("The quay was shut, according to the mayor.", ["The quay was shut"], "according to"),
        ("“The quay is shut.” — Jane Roe", ["“The quay is shut.”"], "—"),
        ("Jane Roe: “The quay is shut.”", ["“The quay is shut.”"], ":"),
        ("The mayor has repeatedly said the quay was shut.", ["the quay was shut"], "has repeatedly said"),
    ],
)
def test_one_statement(text, content, reporting, parser):
    """Direct, mixed and indirect speech, with the cue before, inside or behind, a colon or a dash."""
    (statement,) = attribute_text(text, parser)
    assert [text[s:e] for s, e in statement.content] == content
    assert cue(text, statement) == reporting
    assert statement.speaker is not None


def test_coordinated_cues_are_two_statements(parser):
    """What follows "and added" or ", noting" is a statement of its own, with the same speaker."""
    text = "The mayor said the quay was shut, adding that the pier was open."
    first, second = attribute_text(text, parser)
    assert text[slice(*first.content[0])] == "the quay was shut"
    assert text[slice(*second.content[0])] == "that the pier was open"
    assert first.speaker == second.speaker


def test_quotation_over_paragraphs_is_one_statement(parser):
    """A quotation that runs on over paragraphs stays with the speaker named once."""
    text = "“The quay is shut,” the mayor said. “It was not safe.\n\n“It will open in spring.”"
    (statement,) = attribute_text(text, parser)
    assert len(statement.content) == 3


def test_colon_opens_the_next_paragraph(parser):
    """A paragraph that ends in a colon names the speaker of the quotation below it."""
    text = "The mayor had this answer:\n\n“The quay is shut and will stay so for the winter.”"
    (statement,) = attribute_text(text, parser)
    assert text[slice(*statement.speaker)] == "The mayor"


def test_nested_reports_keep_their_levels(parser):
    """What somebody says that another said points to the statement around it."""
    text = "The mayor said that the engineers had told her that the quay was unsafe."
    outer, inner = attribute_text(text, parser)
    assert inner.parent == 0
    assert outer.parent is None
    assert outer.content[0].start <= inner.content[0].start <= inner.content[0].end <= outer.content[0].end


@pytest.mark.parametrize(
    "text",
    [
        "They watched “Gone with the Wind” on the quay.",
        "The quay was shut in spring. Boats lay idle.",
        "Q: When did it shut?\n\nA: In spring, I think.",
        "THE QUAY IS SHUT",
        "Pier\tDepth\nNorth\t3 m\nSouth\t4 m",
        "- herring\n- cod\n- mackerel",
        "",
        "“",
    ],
)
def test_no_speaker_where_there_is_none(text, parser):
    """Titles, the reporter's own words, transcripts, lists and tables have no speaker."""
    assert attribute_text(text, parser) == ()


def test_the_pipeline_is_not_used_on_other_languages(parser):
    """In another language only a quotation with a known cue beside it is found, with a full name."""
    text = (
        "«Причал закрыт», — заявил Иван Петров в среду. Он добавил, что порт откроется весной и что суда "
        "пока будут стоять в другом месте, где для них достаточно глубоко и нет сильного ветра.\n\n"
        "«Весной откроем»."
    )
    (statement,) = attribute_text(text, parser)
    assert statement.name == "Иван Петров"
    assert statement.confidence < 0.85


def test_confidence_is_higher_for_plainer_constructions(parser):
    """A name beside "said" is surer than a phrase that some other verb governs."""
    (sure,) = attribute_text("“The quay is shut,” Jane Roe said.", parser)
    (unsure,) = attribute_text("The mayor feared what she called a “total collapse” of the quay.", parser)
    assert unsure.confidence < 0.9 < sure.confidence


@pytest.mark.parametrize(
    ("text", "speaker", "shown"),
    [
        ("The recount will take four days, the board said.", "the board", True),
        ("Turnout had fallen by two points, a spokesman told reporters.", "a spokesman", True),
        ("Turnout had fallen by two points, the poll says.", "the poll", False),
        ("Police in Varn have denied a report that a clerk was held.", "Police in Varn", True),
        ("The court in Varn on Friday dismissed the complaint of the mayor.", "The court in Varn", True),
    ],
)
def test_people_and_bodies_are_surer_speakers_than_things(text, speaker, shown, parser):
    """Without a name as well: behind what they said, or where they deny a thing; days are no part."""
    (statement,) = attribute_text(text, parser)
    assert text[slice(*statement.speaker)] == speaker
    assert (statement.confidence >= 0.85) == shown


def test_a_paragraph_of_quotation_goes_on(parser):
    """A paragraph that is one quotation goes on with the words that end the one above, unless it asks."""
    text = (
        "“It is late,” Jane Roe said. “The quay is shut for the winter.”\n\n"
        "“Nobody may moor here before spring.”"
    )
    (statement,) = attribute_text(text, parser)
    assert len(statement.content) == 3
    (asked,) = attribute_text(text.replace("spring.”", "spring?”"), parser)
    assert len(asked.content) == 2


@pytest.mark.parametrize(
    "text",
    [
        "“Why did you leave the port?”\n\n“I was tired of the noise.”\n\n“And your wife?”",
        "Q: “Why did you go?”\n\nA: “Because I had to go there.”\n\nQ: “And then?”",
        "Interviewer: Why did you go?\n\nHarbour Fee: I had to go, because the port was shut.",
        "Did the mayor say that the quay was shut?",
        "| Name | Said |\n| Jane Roe | “yes” |\n| John Doe | “no” |",
        "QUAY SHUT FOR WINTER\n\nBOATS MUST LEAVE",
        "1. “The quay is shut”\n2. “It is late”\n3. “Rain fell”",
    ],
)
def test_nobody_speaks_without_a_cue(text, parser):
    """Interviews, transcripts, tables, lists and questions name no speaker rather than a wrong one."""
    assert [each for each in attribute_text(text, parser) if each.confidence >= 0.5] == []


@pytest.mark.parametrize(
    ("text", "content", "name"),
    [
        ("Jane Roe left.\n\nShe said, “it is quite late,” she added.", "“it is quite late,”", "Jane Roe"),
        (
            "Coach John Doe was asked about the harbour, to which he quipped, “I set them up.”",
            "“I set them up.”",
            "John Doe",
        ),
    ],
)
def test_a_quotation_goes_to_the_cue_beside_it(text, content, name, parser):
    """A cue before a quotation is no part of what is said, and comes before a verb without a speaker."""
    statement = attribute_text(text, parser)[-1]
    assert [text[slice(*span)] for span in statement.content] == [content]
    assert statement.name == name


def test_a_long_paragraph_is_read_to_its_end(parser):
    """A page without line breaks is cut between sentences, so that its last statement is found too."""
    text = "The boats lay idle all winter long. " * 300 + "“It is late,” Jane Roe said. “Nobody came.”"
    (statement,) = attribute_text(text, parser)
    assert len(statement.content) == 2


@pytest.mark.parametrize(
    "said",
    [
        "“The quay is “really” shut,”", '"The quay is "really" shut,"', "«The quay is “really” shut»,",
        "„The quay is ‚really‘ shut“,", "«The quay is „really“ shut»,", "”The quay is ’really’ shut”,",
        "„The quay is «really» shut”,", "“The quay is 'really' shut,”",
    ],
)  # fmt: skip
def test_nested_marks_of_many_languages(said, parser):
    """A quotation within a quotation is left inside it, whatever the marks."""
    text = f"{said} Jane Roe said."
    (statement,) = attribute_text(text, parser)
    assert statement.name == "Jane Roe"
    assert [text[slice(*span)].rstrip(",") for span in statement.content] == [said.rstrip(",")]


def test_an_unclosed_mark_ends_with_its_paragraph(parser):
    """A quotation that is never closed takes in nothing of the next paragraph."""
    text = "The mayor said “the quay is shut. Nobody may moor here.\n\nJohn Doe said it was late."
    first, second = attribute_text(text, parser)
    assert first.content[-1].end == text.index("\n")
    assert second.name == "John Doe"


def test_two_hundred_thousand_words_take_bounded_time(parser):
    """A book of news is read in time that grows with its length."""
    piece = (
        "Mayor Jane Roe said on day {} that the quay was shut. “It is late,” she said. A source told Halyard "
        "that rain fell.\n\n"
        + "The boats lay idle all winter long, and nobody came to see them. " * 14
        + "\n\n"
    )
    text = "".join(piece.format(number) for number in range(1_000))
    assert len(text.split()) > 200_000
    began = time.process_time()
    assert len(attribute_text(text, parser)) == 3 * 1_000
    assert time.process_time() - began < 60


def test_article_offsets(parser):
    """Statements of an article carry its id and lie inside its text."""
    article = Article("a1", "Quay", "“The quay is shut,” Jane Roe said.", "quay.txt")
    (statement,) = attribute(article, parser)
    assert statement.article == "a1"
    assert article.text[slice(*statement.content[0])] == "“The quay is shut,”"


def test_json_records_leave_nested_statements_out(parser):
    """A record has offsets into the text as given; statements inside statements come only when asked for."""
    record = {"id": "a1", "text": "The mayor said that engineers had told her that the quay was unsafe."}
    (line,) = describe_statements([record], parser)
    assert line["doc"] == "a1"
    assert line["speaker"] == [0, 9]
    assert record["text"][slice(*line["content"][0])].startswith("that engineers")
    assert len(list(describe_statements([record], parser, nested=True))) == 2


def test_a_long_text_takes_bounded_time(parser):
    """A paragraph of many thousand words without a stop is cut, not followed to the end."""
    text = "the quay and " * 10_000 + "\n\n" + "“The quay is shut,” Jane Roe said.\n\n" * 50
    began = time.monotonic()
    assert len(attribute_text(text, parser)) == 50
    assert time.monotonic() - began < 60


WORDS = st.sampled_from(
    [
        "“", "”", '"', "«", "»", "said", "Jane", "Roe,", "she", "he", "told", "that", "adding", ":", "—",
        ",", ".", "?", "according", "to", "the", "mayor", "quay", "is", "shut", "\n\n", "and", "who", "'x'",
    ]
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_any_text_gives_slices(parser, text):
    """On any jumble of words and marks nothing is raised and every span lies inside the text, in order."""
    statements = attribute_text(text, parser)
    for position, statement in enumerate(statements):
        spans = list(statement.content)
        assert spans
        assert spans == sorted(spans)
        for start, end in [*spans, *(x for x in (statement.cue, statement.speaker) if x)]:
            assert 0 <= start < end <= len(text)
        assert 0 <= statement.confidence <= 1
        assert statement.parent is None or (
            0 <= statement.parent < len(statements) and statement.parent != position
        )
        assert statement.name is None or statement.name in text


def test_short_and_own_words_are_less_sure(parser):
    """A phrase of a few words, or one that "I" says in the reporter's text, is not shown as certain."""
    (whole,) = attribute_text("“The quay is shut for the winter,” she said.", parser)
    (short,) = attribute_text("“Quite shut,” she said.", parser)
    (own,) = attribute_text("“The quay is shut for the winter,” I said.", parser)
    assert max(short.confidence, own.confidence) < whole.confidence


def test_statements_never_stand_in_a_circle(parser):
    """From every statement the way up to the reporter ends, however deep the nesting."""
    text = (
        "The mayor said that Reuters reported that a source told Interfax that the port said it was shut. "
        * 20
    )
    statements = attribute_text(text, parser)
    for statement in statements:
        steps, at = 0, statement
        while at.parent is not None:
            at, steps = statements[at.parent], steps + 1
            assert steps < len(statements)


@pytest.mark.parametrize(
    "piece",
    [
        "“A,” he said, adding “B,” Jane Roe said. ",
        "The mayor, Jane Roe, said it was shut. The mayor said so.\n\n",
        "A source told the Beacon it was shut. The source said so, he said.\n\n",
        "who who said that that which said " * 3,
        "“«„\"'" + "x " * 5,
    ],
)
def test_repeated_patterns_take_bounded_time(piece, parser):
    """Twenty thousand words of one pattern are read in time that grows with the text."""
    text = piece * (20_000 // len(piece.split()))
    began = time.monotonic()
    attribute_text(text, parser)
    assert time.monotonic() - began < 60


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The dredging was late - Jane Roe: “The quay had to wait for the boats.”", "Jane Roe"),
        (
            "The vote favours the harbour — Jane Roe and John Doe: “We counted the votes twice.”",
            "Jane Roe and John Doe",
        ),
    ],
)
def test_a_name_between_a_dash_and_a_colon_speaks(text, speaker, parser):
    """A digest's line names its source right before the colon, whatever clause stands before the dash."""
    [statement] = attribute_text(text, parser)
    assert text[statement.speaker.start : statement.speaker.end] == speaker


def test_a_sentence_that_leads_to_the_next_quotation_parts_it_from_the_last(parser):
    """“…” She followed that by saying, “…” is two statements, and none holds the reporter's words."""
    text = (
        "Roe said, “I do take responsibility.” She followed that by saying, “I am not a born keeper, in case "
        "you have not noticed.”"
    )
    assert contents(text, parser) == [
        ["“I do take responsibility.”"],
        ["“I am not a born keeper, in case you have not noticed.”"],
    ]


def test_a_listed_cue_vouches_for_the_phrases_that_it_governs(parser):
    """What is governed by a verb of the table is surer than what any other verb governs."""
    chanted, feared = (
        attribute_text(f"They {verb} “stop the dredging of it” and “no quay, no peace.”", parser)
        for verb in ("chanted", "feared")
    )
    (listed,) = chanted
    assert all(each.confidence < listed.confidence for each in feared)


def test_a_dateline_is_no_speaker(parser):
    """A place with an agency before the first sentence does not speak in it, in small letters either."""
    text = "Haldren (HNP) – The harbour crews embraced their new master, and said they were “ready”."
    [said] = attribute_text(text, parser)
    assert text[said.speaker.start : said.speaker.end] == "The harbour crews"


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "Roe added that the race “is going to be a harbour election” — an issue for keepers.",
            "that the race “is going to be a harbour election”",
        ),
        (
            "Roe said that the call to “make it whole” — a reply to the port’s “quay first” — was odd.",
            "that the call to “make it whole” — a reply to the port’s “quay first” — was odd",
        ),
        ("Roe said the quay was shut — for good.", "the quay was shut — for good"),
    ],
)
def test_a_comment_behind_a_dash_is_the_reporter_s(text, content, parser):
    """What follows the one dash behind a quoted phrase is not reported; what stands between two is."""
    assert contents(text, parser)[0] == [content]


def test_a_cue_joined_by_but_parts_what_is_implied(parser):
    """What somebody conceded and, behind "but", implied is two statements."""
    text = "Roe conceded that the keeper had shut the quay but implied that it was the mayor’s fault."
    assert contents(text, parser) == [
        ["that the keeper had shut the quay"],
        ["that it was the mayor’s fault"],
    ]


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("Minutes later, Jane Roe sent an email saying, “done.”", "Jane Roe", "“done.”"),
        ("Children bash in a dollhouse, yelling “lower rents!”", "Children", "“lower rents!”"),
    ],
)
def test_a_cue_that_leads_to_a_few_quoted_words_reports_them(text, speaker, content, parser):
    """However short they are, and whatever the parser hangs them on."""
    (found,) = attribute_text(text, parser)
    assert text[slice(*found.speaker)] == speaker
    assert [text[slice(*span)] for span in found.content] == [content]


def test_a_verb_with_its_own_subject_is_no_passive(parser):
    """The parser tags "accused" as a participle where a long object stands behind it."""
    text = (
        "Roe accused Doe, the senator from Varn and winner of the caucuses, of being “politically correct” "
        "and slow."
    )
    (found,) = attribute_text(text, parser)
    assert (found.name, found.confidence > 0.75) == ("Roe", True)
