"""Answers as messages: the anatomy, and what holds for any text."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.language.texts import PHRASEBOOKS
from bot.messages.composing import ENTITY_LIMIT, TEXT_LIMIT, count_units
from bot.messages.rendering import render_answer, render_context
from index.answers import Answer, Citation, Quote, Surroundings
from index.datatypes import Label, Moment, Span
from tests.fakes import CLAIM, COURIER, DENIAL, DISPUTED, PLAIN, REPAIRS, ask_about
from tests.telegram_checks import check_with_tdlib

ENGLISH = PHRASEBOOKS["en"]

# Emoji, flags, combining marks, right-to-left, curly quotes, markup, long words, blank lines. Control
# characters are not among them: cleaning takes them out of articles, and Telegram would drop them.
AWKWARD = st.text(
    st.one_of(
        st.sampled_from("ab é\u0301“”’<&>_*`[]()-,.!?\n 😀👩\u200d👩\u200d👧🇺🇦ש\u05b8לום\u200fعربي漢字ѣ"),
        st.characters(
            min_codepoint=0x21, max_codepoint=0x2FF, exclude_characters="\u007f", categories=("L", "P", "S")
        ),
        st.characters(min_codepoint=0x1F300, max_codepoint=0x1FAFF),
    ),
    min_size=1,
    max_size=300,
).filter(lambda text: text.strip() != "" and text.strip("\u200d\u200f \n") != "")


def slices(message, kind):
    """Return the words under the entities of a kind, cut as Telegram cuts them: in UTF-16 units."""
    raw = message.text.encode("utf-16-le")
    return [
        raw[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le")
        for entity in message.entities
        if entity.type == kind
    ]


def as_tables(message):
    """Return a message's entities as they go over the wire."""
    return [entity.to_dict() for entity in message.entities]


@st.composite
def quotes(draw):
    text = draw(AWKWARD)
    if draw(st.booleans()):
        text = " ".join([text] * draw(st.integers(1, 12)))
    cut = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True)))
    name = st.one_of(st.none(), AWKWARD)
    instant = datetime(2023, 1, 1, tzinfo=UTC) + timedelta(minutes=draw(st.integers(0, 10**6)))
    published = draw(st.sampled_from([None, Moment(instant.date()), Moment.at(instant)]))
    url = draw(st.sampled_from([None, "https://courier.example/a?b=c", "javascript:alert(1)"]))
    article = f"a{draw(st.integers(0, 4))}"
    # One article has one citation; what differs between quotes of it would be a lie about the source.
    citation = Citation(article, f"Title {article}", draw(name), draw(name), published, url)
    return Quote(
        citation,
        0,
        len(text),
        text,
        1.0,
        highlights=tuple(Span(a, b) for a, b in zip(cut[::2], cut[1::2], strict=False)),
        speaker=draw(name),
        role=draw(name),
        mention=draw(st.one_of(st.none(), st.just("he"))),
        label=draw(st.sampled_from([None, *Label])),
        chain=tuple(draw(st.lists(AWKWARD, max_size=2))),
        side=draw(st.sampled_from([None, 0, 1])),
    )


@given(st.lists(quotes(), min_size=1, max_size=6), st.booleans())
def test_any_answer_fits_telegram_and_shows_its_quotes_whole(chosen, disputed):
    """Messages stay within the limits, Telegram reads them as meant, each quote is one whole blockquote."""
    answer = Answer(ask_about("?"), tuple(chosen), 0.9, disputed)
    messages = render_answer(answer, ENGLISH)
    quoted = []
    for message in messages:
        assert 1 <= count_units(message.text) <= TEXT_LIMIT
        assert len(message.entities) <= ENTITY_LIMIT
        quoted += slices(message, "blockquote") + slices(message, "expandable_blockquote")
        check_with_tdlib(message.text, as_tables(message))
    assert sorted(quoted) == sorted(quote.text.strip() for quote in chosen)


@given(quotes())
def test_bold_words_are_the_highlights(quote):
    """The bold words in a quote are its highlights, to the character, whatever stands before them."""
    (message,) = render_answer(Answer(ask_about("?"), (quote,), 0.9), ENGLISH)
    wanted = [quote.text[start:end].strip() for start, end in quote.highlights]
    assert slices(message, "bold") == [words for words in wanted if words]


@given(st.integers(TEXT_LIMIT - 200, 3 * TEXT_LIMIT), AWKWARD)
def test_quote_too_long_for_a_message_goes_on_in_the_next(length, unit):
    """Only a quote that fits in no message is continued, and nothing of it is lost or changed."""
    text = (unit * (length // len(unit) + 1))[:length].strip()
    quote = replace(REPAIRS, text=text, highlights=())
    messages = render_answer(Answer(ask_about("?"), (quote,), 0.9), ENGLISH)
    assert all(count_units(message.text) <= TEXT_LIMIT for message in messages)
    pieces = [piece for message in messages for piece in slices(message, "expandable_blockquote")]
    assert "".join("".join(pieces).split()) == "".join(text.split())


@given(AWKWARD, AWKWARD, AWKWARD)
def test_context_marks_the_quote_within_its_passage(before, text, after):
    """The context is one quote of the passage in which the quote itself, and nothing else, is bold."""
    quote = replace(REPAIRS, text=text, highlights=())
    (message,) = render_context(quote, Surroundings(before, text, after), [quote], ENGLISH, disputed=False)
    assert slices(message, "blockquote") == [f"{before}{text}{after}".strip()]
    assert slices(message, "bold") == ([text.strip()] if text.strip() else [])
    check_with_tdlib(message.text, as_tables(message))


def test_header_counts_reports_and_gives_their_days():
    """The first line says whether it is disputed, how many independent reports there are, and their days."""
    assert render_answer(PLAIN, ENGLISH)[0].text.splitlines()[0] == "1 report · 9 Feb 2023"
    first = render_answer(DISPUTED, ENGLISH)[0].text.splitlines()[0]
    assert first == "⚖ Disputed · 2 independent reports · 8–9 Feb 2023"


def test_two_reports_of_one_origin_are_two_reports():
    """Where both carry one agency's words the header says so, and neither "1 report" nor "independent"."""
    heads = {
        language: render_answer(replace(DISPUTED, reports=1), phrases)[0].text.splitlines()[0]
        for language, phrases in PHRASEBOOKS.items()
    }
    assert "2 reports, one origin" in heads["en"]
    assert "2 noticias, un solo origen" in heads["es"]
    assert "2 публікації, одне першоджерело" in heads["uk"]
    assert "2 публикации, один первоисточник" in heads["ru"]
    alone = replace(DISPUTED, reports=1, quotes=(CLAIM,), disputed=False)
    assert render_answer(alone, PHRASEBOOKS["en"])[0].text.startswith("1 report ·")


def test_speaker_is_kept_apart_from_the_outlet():
    """A speaker line names speaker, role, chain and label; without a sure speaker it says where, not who."""
    line = render_answer(replace(DISPUTED, quotes=(CLAIM,)), ENGLISH)[0].text.splitlines()[2]
    assert line == "A fireman, to the Harbour Agency — claim [1]"
    passed = replace(CLAIM, chain=("the Harbour Agency", "Varn Radio"))
    line = render_answer(replace(DISPUTED, quotes=(passed,)), ENGLISH)[0].text.splitlines()[2]
    assert line == "A fireman, to the Harbour Agency, via Varn Radio — claim [1]"
    quoted = replace(CLAIM, told=False)
    line = render_answer(replace(DISPUTED, quotes=(quoted,)), ENGLISH)[0].text.splitlines()[2]
    assert line == "A fireman, via the Harbour Agency — claim [1]"
    unsure = replace(CLAIM, speaker=None, chain=(), label=None)
    line = render_answer(replace(PLAIN, quotes=(unsure,)), ENGLISH)[0].text.splitlines()[2]
    assert line == "As reported by The Courier [1]"
    pronoun = replace(DENIAL, mention="she", label=Label.STATED)
    line = render_answer(replace(PLAIN, quotes=(pronoun,)), ENGLISH)[0].text.splitlines()[2]
    assert line == "Ilse Brandt (“she”), the mayor [1]"
    partial = replace(pronoun, mention="the mayor Brandt")
    line = render_answer(replace(PLAIN, quotes=(partial,)), ENGLISH)[0].text.splitlines()[2]
    assert line == "Ilse Brandt, the mayor [1]"


def test_plain_statement_is_labelled_only_in_a_dispute():
    """That somebody said something is no news; where sides are told apart, each is named."""
    stated = replace(DENIAL, label=Label.STATED)
    assert "— statement" not in render_answer(replace(PLAIN, quotes=(stated,)), ENGLISH)[0].text
    assert "— statement" in render_answer(replace(DISPUTED, quotes=(CLAIM, stated)), ENGLISH)[0].text


def test_source_line_says_what_is_not_stated():
    """A source without outlet and date says so; one with them links its headline to the quoted words."""
    bare = replace(REPAIRS, citation=replace(REPAIRS.citation, published=None))
    assert render_answer(replace(PLAIN, quotes=(bare,)), ENGLISH)[0].text.endswith(
        "[1] outlet not stated · date unknown · “Varn: two versions”"
    )
    (message,) = render_answer(replace(PLAIN, quotes=(CLAIM,)), ENGLISH)
    links = [entity for entity in message.entities if entity.type == "text_link"]
    assert slices(message, "text_link") == ["[1]", f"“{COURIER.title}”"]
    assert links[0].url.startswith("https://courier.example/varn-bridge#:~:text=%E2%80%9CThe%20bridge")


def test_date_is_an_entity_with_a_plain_fallback():
    """A known time is a date entity for the reader's own zone over a text that says UTC; a day is plain."""
    (message,) = render_answer(DISPUTED, ENGLISH)
    (entity,) = [entity for entity in message.entities if entity.type == "date_time"]
    assert slices(message, "date_time") == ["8 Feb 2023, 11:44 UTC"]
    assert entity.unix_time == COURIER.published.instant
    assert "9 Feb 2023 · “Varn" in message.text


def test_carriers_are_one_source():
    """A text that several outlets carry is one source with the number of outlets that carry it."""
    citation = replace(CLAIM.citation, carriers=("The Echo", "The Globe"), origin="Harbour Agency")
    (message,) = render_answer(replace(PLAIN, quotes=(replace(CLAIM, citation=citation),)), ENGLISH)
    assert message.text.endswith("carried by 3 outlets, also by The Echo, The Globe")
    assert "text by Harbour Agency" in message.text
    own = replace(citation, outlet="The Harbour Agency")
    (message,) = render_answer(replace(PLAIN, quotes=(replace(CLAIM, citation=own),)), ENGLISH)
    assert "text by" not in message.text


def test_follow_up_says_what_it_was_taken_to_mean():
    """Where the question was completed, the answer says how it was understood."""
    question = replace(ask_about("Who denied that the bridge is lost?"), asked="Who denied it?")
    text = render_answer(replace(PLAIN, question=question), ENGLISH)[0].text
    assert "Taken to mean: Who denied that the bridge is lost?" in text
    assert "Taken to mean" not in render_answer(PLAIN, ENGLISH)[0].text


def test_a_title_goes_before_the_name():
    """A judge is Judge Jane Roe; what somebody does follows the name."""
    judge = replace(CLAIM, speaker="Jane Roe", role="Judge", mention=None)
    assert "Judge Jane Roe" in render_answer(replace(PLAIN, quotes=(judge,)), ENGLISH)[0].text
    chair = replace(judge, role="the board’s chair")
    assert "Jane Roe, the board’s chair" in render_answer(replace(PLAIN, quotes=(chair,)), ENGLISH)[0].text


def test_long_quote_is_folded():
    """A quote of many lines is folded, a short one is not."""
    long = replace(REPAIRS, text="Nobody was hurt, the engineers said. " * 20, highlights=())
    (message,) = render_answer(replace(PLAIN, quotes=(long,)), ENGLISH)
    assert len(slices(message, "expandable_blockquote")) == 1
    assert slices(message, "blockquote") == []


def test_continuation_begins_with_a_whole_quote():
    """Quotes that do not fit together are parted between two of them, and every source is named once."""
    long = [replace(REPAIRS, text=f"{number} " + "word " * 300, highlights=()) for number in range(4)]
    messages = render_answer(replace(PLAIN, quotes=tuple(long)), ENGLISH)
    assert len(messages) == 2
    assert messages[1].text.startswith("As reported [1]\n")
    assert sum(message.text.count("“Varn: two versions”") for message in messages) == 1
