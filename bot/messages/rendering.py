"""Answers as messages: header, speaker lines, quotes, numbered sources.

Stands between an answerer's `Answer` and delivery; every view behind a button is rendered here too, and a
`NoAnswer` in declining. What is rendered depends on the arguments alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.language.texts import Phrasebook
from bot.messages.citing import NAME_CHARACTERS, TITLE_CHARACTERS, add_citation, clip_line, write_name
from bot.messages.composing import (
    BOLD,
    ENTITY_LIMIT,
    FOLDED_QUOTE,
    ITALIC,
    QUOTE,
    TEXT_LIMIT,
    Block,
    Composer,
    Message,
    Style,
    count_units,
    link_style,
    pack_blocks,
    split_block,
)
from bot.messages.declining import begin_reply
from bot.messages.directions import isolate
from bot.messages.linking import link_to_words
from index.answers import Answer, Quote, Surroundings
from index.datatypes import Label

FOLD_CHARACTERS = 480
"""Characters above which a quote is folded; about eight lines on a phone."""
FOLD_LINES = 6
"""Lines above which a quote is folded."""
MAX_HIGHLIGHTS = 20
CONTEXT_CHARACTERS = 1200
"""Characters shown on each side of a quote in its context."""
CARD_CHARACTERS = 100
"""Of a speaker, and of an outlet, in the title of a card."""
MENTION_CHARACTERS = 24


def render_answer(answer: Answer, phrases: Phrasebook, *, dropped: int = 0) -> tuple[Message, ...]:
    """Return the answer with all its quotes as messages, each quote whole in one of them.

    Args:
        dropped: quotes that were left out because they failed verification.
    """
    head = begin_reply(answer.question, phrases)
    if not answer.sure:
        head.add(phrases.say("answer.unsure"), ITALIC).add("\n")
    if answer.disputed:
        head.add(phrases.say("answer.disputed"), BOLD).add(" · ")
    published = sorted(quote.citation.published for quote in answer.quotes if quote.citation.published)
    days = phrases.write_range(published[0], published[-1]) if published else phrases.write_range(None, None)
    count = phrases.count("answer.reports", answer.reports)
    if answer.reports == 1 < (articles := len(number_articles(answer.quotes))):
        count = phrases.count("answer.one_origin", articles)
    head.add(f"{count} · {days}")
    blocks = [head.build(), *_make_quote_blocks(answer.quotes, answer.quotes, phrases, answer.disputed)]
    if dropped:
        blocks.append(Composer().add(phrases.count("answer.dropped", dropped), ITALIC).build())
    blocks += _make_source_blocks(answer.quotes, answer.quotes, phrases)
    return pack_blocks(blocks)


def render_quotes(
    head: str, quotes: Sequence[Quote], known: Sequence[Quote], phrases: Phrasebook, *, disputed: bool
) -> tuple[Message, ...]:
    """Return a view of some quotes under a heading, with their sources.

    Args:
        known: all quotes of the answer, which give the sources their numbers.
    """
    blocks = [Composer().add(head, BOLD).build(), *_make_quote_blocks(quotes, known, phrases, disputed)]
    return pack_blocks([*blocks, *_make_source_blocks(quotes, known, phrases)])


def render_card(quotes: Sequence[Quote], phrases: Phrasebook) -> Message | None:
    """Return a quote, with what disputes it, as one message by itself; None where no message holds it."""
    disputed = any(quote.side is not None for quote in quotes)
    head = Composer().add(phrases.say("answer.disputed") if disputed else "", BOLD).build()
    blocks = [head, *_make_quote_blocks(quotes, quotes, phrases, disputed)]
    messages = pack_blocks([*blocks, *_make_source_blocks(quotes, quotes, phrases)])
    return messages[0] if len(messages) == 1 else None


def name_card(quote: Quote, phrases: Phrasebook) -> tuple[str, str]:
    """Return a card's title, who said it or who reports it, and its description, the quote's beginning."""
    outlet = quote.citation.outlet or phrases.say("source.no_outlet")
    title = clip_line(_name_speaker(quote, phrases), CARD_CHARACTERS)
    if quote.speaker is not None:
        title = f"{title} · {clip_line(outlet, CARD_CHARACTERS)}"
    return title, clip_line(quote.text, TITLE_CHARACTERS)


def render_context(
    quote: Quote, around: Surroundings, known: Sequence[Quote], phrases: Phrasebook, *, disputed: bool
) -> tuple[Message, ...]:
    """Return the passage around a quote, the quote in bold, and its source."""
    before, after = _cut_before(around.before), _cut_after(around.after)
    passage = Composer().add(before).add(around.quote, BOLD).add(after).build()
    number = number_articles(known)[quote.citation.article]
    composer = Composer().add(phrases.say("view.context"), ITALIC).add("\n")
    _add_speaker_line(composer, quote, number, phrases, disputed)
    composer.add("\n")
    block = _wrap(composer, passage, QUOTE)
    return pack_blocks([*fit_block(block, phrases), *_make_source_blocks([quote], known, phrases)])


def number_articles(quotes: Iterable[Quote]) -> dict[str, int]:
    """Return the number of each cited article, counted from 1 in the order of the quotes."""
    numbers: dict[str, int] = {}
    for quote in quotes:
        numbers.setdefault(quote.citation.article, len(numbers) + 1)
    return numbers


def _make_quote_blocks(
    quotes: Sequence[Quote], known: Sequence[Quote], phrases: Phrasebook, disputed: bool
) -> list[Block]:
    numbers = number_articles(known)
    blocks: list[Block] = []
    for quote in quotes:
        composer = Composer()
        _add_speaker_line(composer, quote, numbers[quote.citation.article], phrases, disputed)
        composer.add("\n")
        block = fold_quote(composer, quote.text, _mark_highlights(quote))
        blocks.extend(fit_block(block, phrases))
    return blocks


def _wrap(composer: Composer, inner: Block, style: Style) -> Block:
    """Return what was composed so far, followed by `inner` in a style around its own."""
    outer = Block(inner.text, ((0, len(inner.text), style), *inner.styles))
    return composer.add_block(outer).build()


def _mark_highlights(quote: Quote) -> Block:
    """Return the quote's text with the answering words in bold."""
    size = len(quote.text)
    spans = [(max(start, 0), min(end, size), BOLD) for start, end in quote.highlights[:MAX_HIGHLIGHTS]]
    return Block(quote.text, tuple(span for span in spans if span[0] < span[1]))


def fold_quote(composer: Composer, text: str, marked: Block | None = None) -> Block:
    """Return what was composed so far, followed by a quote, folded where it is long.

    Args:
        marked: the same text with styles of its own.
    """
    folded = len(text) > FOLD_CHARACTERS or text.count("\n") >= FOLD_LINES
    return _wrap(composer, marked or Block(text), FOLDED_QUOTE if folded else QUOTE)


def fit_block(block: Block, phrases: Phrasebook) -> tuple[Block, ...]:
    """Return the block whole, or in marked pieces where no single message could hold it."""
    if count_units(block.text) <= TEXT_LIMIT and len(block.styles) <= ENTITY_LIMIT:
        return (block,)
    mark = f"\n{phrases.say('answer.continued')}"
    *pieces, last = split_block(block, TEXT_LIMIT - count_units(mark))
    return (*(Composer().add_block(piece).add(mark, ITALIC).build() for piece in pieces), last)


def _add_speaker_line(
    composer: Composer, quote: Quote, number: int, phrases: Phrasebook, disputed: bool
) -> None:
    """Append who said it, through whom, how, and the number of the source.

    The outlet is never named as the speaker; a quote without a sure speaker says where it was reported.
    """
    parts = [_name_speaker(quote, phrases)]
    for place, link in enumerate(quote.chain):
        told = quote.told and not place
        parts.append(phrases.say("answer.to" if told else "answer.via", chain=write_name(link)))
    composer.add(", ".join(parts))
    plain = quote.label is Label.STATED and not (disputed and quote.side is not None)
    if quote.corrects:
        composer.add(" — ").add(phrases.say("answer.corrects"), ITALIC)
    elif quote.label is not None and not plain:
        composer.add(" — ").add(phrases.name_label(quote.label), ITALIC)
    composer.add(" ")
    _add_number(composer, number, link_to_words(quote.citation.url, [quote.text]))


def _name_speaker(quote: Quote, phrases: Phrasebook) -> str:
    if quote.speaker is None:
        outlet = quote.citation.outlet
        if outlet is None:
            return phrases.say("answer.as_reported")
        return phrases.say("answer.as_reported_by", outlet=write_name(outlet))
    name = clip_line(quote.speaker, NAME_CHARACTERS)
    role = clip_line(quote.role or "", NAME_CHARACTERS)
    told = not role or role.casefold() in name.casefold()
    if quote.is_titled and not told:
        name, told = f"{role} {name}", True
    name = isolate(name[:1].upper() + name[1:])  # it begins the line
    if quote.mention and _says_more(quote.mention, quote.speaker):
        name = f"{name} (“{isolate(quote.mention)}”)"
    if not told:
        if role.startswith(("The ", "A ", "An ")):  # from the beginning of a sentence, now within one
            role = role[0].lower() + role[1:]
        name = f"{name}, {isolate(role)}"
    return name


def _says_more(mention: str, speaker: str) -> bool:
    """Whether a mention ("he", "the mayor") is something else than a part of the speaker's name."""
    words = set(mention.casefold().split()) - {"the", "a", "an"}
    return len(mention) <= MENTION_CHARACTERS and words.isdisjoint(speaker.casefold().split())


def _add_number(composer: Composer, number: int, url: str | None) -> None:
    composer.add(f"[{number}]", *([link_style(url)] if url else []))


def _make_source_blocks(quotes: Sequence[Quote], known: Sequence[Quote], phrases: Phrasebook) -> list[Block]:
    """Return one line for each cited article, in the order of their numbers."""
    numbers = number_articles(known)
    cited: dict[str, list[Quote]] = {}
    for quote in quotes:
        cited.setdefault(quote.citation.article, []).append(quote)
    blocks: list[Block] = []
    for article in sorted(cited, key=numbers.__getitem__):
        citation = cited[article][0].citation
        url = link_to_words(citation.url, [quote.text for quote in cited[article]])
        composer = Composer(gap=1 if blocks else 2).add(f"[{numbers[article]}] ")
        add_citation(composer, citation, url, phrases)
        blocks.append(composer.build())
    return blocks


def _cut_before(text: str) -> str:
    """Return the end of a text, cut at a word with an ellipsis where it is too long."""
    if len(text) <= CONTEXT_CHARACTERS:
        return text
    cut = text[-CONTEXT_CHARACTERS:]
    return f"…{cut[max(cut.find(' '), 0) :]}"


def _cut_after(text: str) -> str:
    """Return the beginning of a text, cut at a word with an ellipsis where it is too long."""
    if len(text) <= CONTEXT_CHARACTERS:
        return text
    cut = text[:CONTEXT_CHARACTERS]
    space = cut.rfind(" ")
    return f"{cut[: space + 1] if space > 0 else cut}…"
