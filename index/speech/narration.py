"""A paragraph as the parser reads it: quotations that stand as clauses are folded into one stand-in.

A parser trips over quotation marks and over sentences inside them. Here a quotation that is a clause of its
own becomes three fixed words, one that is a phrase loses only its marks; `speech.reports` reads the trees.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from index.datatypes import Span
from index.speech.cues import CueTable
from index.speech.folding import goes_on, stands_alone
from index.speech.mending import HYPHENS, Tree, mend_tree
from index.speech.parsing import Parse, Parser, Words
from index.speech.people import load_people
from index.speech.quotations import Quotation
from index.speech.skimming import Piece, choose_pieces
from index.texts.datelines import skip_dateline

_STAND_IN = ("It", "is", "so")
_PROPER = frozenset({"NNP", "NNPS"})
_NOUNS = frozenset({"NN", "NNS", "NNPS", "JJ", "FW"})
_SHORT_NAME = 2  # letters
_SUBJECT_TAGS = ("NN", "PRP", "WP", "DT", "CD")
_PLAIN = str.maketrans("\n−‒", " ––")
"""What the parser does not know as white space or a dash."""

_CURLY = re.compile(r"’(?=(?:t|ve|ll|re|d|m)\b)|(?<=\b[OD])’(?=[A-Z])")
"""An apostrophe that the parser knows as a straight one only: "didn’t", "we’ve", "O’Hara"."""

# "LONDON (Reuters) - ", "RENO, Nev. — ", "Washington (AFP) – "
_CLOCK = re.compile(
    r"\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\b\.?)?(?: (?:GMT|UTC|[A-Z]{1,3}T))?(?::|\s?[–—-])?\s+(?=[A-ZÀ-Þ“\"‘«])"
)  # heads an entry of a live blog
_MAX_WORDS = 600
_MAX_REACH = 30_000  # characters, more than so many words take


@dataclass(frozen=True, slots=True)
class Narration:
    """A parsed paragraph; every list has one item a word.

    Attributes:
        start, end: the paragraph, half-open offsets into the text.
        spans: where each word stands in the text; a stand-in's words all carry their quotation's span.
        quotation: the position in `quotations` of the quotation that a word belongs to, -1 for none.
        folded: positions in `quotations` of those that a stand-in replaces.
        children: positions of each word's dependents, in order.
    """

    start: int
    end: int
    spans: tuple[Span, ...]
    quotation: tuple[int, ...]
    quotations: tuple[Quotation, ...]
    folded: frozenset[int]
    words: tuple[str, ...]
    lower: tuple[str, ...]
    tags: tuple[str, ...]
    relations: tuple[str, ...]
    heads: tuple[int, ...]
    children: tuple[tuple[int, ...], ...] = field(repr=False)

    def subtree(self, word: int) -> list[int]:
        """Return the positions of a word and all that depends on it, in order."""
        found, queue = [], [word]
        while queue:
            at = queue.pop()
            found.append(at)
            queue.extend(self.children[at])
        return sorted(found)

    def root(self, word: int) -> int:
        """Return the head of the sentence that a word stands in."""
        while self.heads[word] != word:
            word = self.heads[word]
        return word

    def locate(self, words: Sequence[int]) -> Span:
        """Return where the words from the first to the last of some stand in the text."""
        return Span(self.spans[words[0]].start, self.spans[words[-1]].end)

    def is_folded(self, word: int) -> bool:
        """Whether a word is part of a stand-in for a quotation."""
        return self.quotation[word] in self.folded

    def is_tied(self, word: int) -> bool:
        """Whether a word is a hyphen that no space parts from the words beside it: "editor-in-chief"."""
        return (
            0 < word < len(self.words) - 1
            and self.words[word] in HYPHENS
            and self.spans[word - 1].end == self.spans[word].start
            and self.spans[word].end == self.spans[word + 1].start
        )

    def is_verb(self, word: int) -> bool:
        """Whether a word is tagged as a verb."""
        return self.tags[word].startswith("VB")

    def is_noun(self, word: int) -> bool:
        """Whether a word can be the head of a noun phrase."""
        return self.tags[word].startswith(_SUBJECT_TAGS)


@dataclass(frozen=True, slots=True)
class _Draft:
    start: int
    end: int
    words: list[str]
    spaces: list[bool]
    spans: list[Span]
    quotation: list[int]
    quotations: tuple[Quotation, ...]
    folded: frozenset[int]
    runs: list[Span] = field(default_factory=list)


def read_paragraphs(
    text: str,
    paragraphs: Sequence[Span],
    quotations: Sequence[Quotation],
    parser: Parser,
    cues: CueTable,
    *,
    every: bool = False,
) -> Iterator[Narration]:
    """Yield the narration of each paragraph, in order; one of more than 600 words is cut there.

    Sentences that neither report speech nor tell who speaks are not parsed, unless `every` one is wanted: a
    stop without a tag stands for each of them.
    """
    outer = [each for each in quotations if each.depth == 0]
    if every:
        pieces = [[Piece(paragraph, read=True)] for paragraph in paragraphs]
    else:
        pieces = choose_pieces(text, paragraphs, outer, cues, parser.function_words)
    drafts = [
        draft
        for (paragraph, inside), chosen in zip(_group_quotations(paragraphs, outer), pieces, strict=True)
        if (draft := _draft_paragraph(text, paragraph, inside, chosen, parser, cues)) is not None
    ]
    parses = list(parser.parse_words(_list_words(draft, run) for draft in drafts for run in draft.runs))
    surnames = _find_surnames(parses)
    given = iter(parses)
    for draft in drafts:
        yield _join_parses(draft, given, surnames)


def _find_surnames(parses: Sequence[Parse]) -> frozenset[str]:
    """Return the words that end a name of two words or more somewhere in the article."""
    return frozenset(
        word
        for parse in parses
        for at, (word, tag) in enumerate(zip(parse.words, parse.tags, strict=True))
        if at
        and tag in _PROPER
        and parse.tags[at - 1] in _PROPER
        and len(word) > _SHORT_NAME
        and word[0].isupper()
    )


def _list_words(draft: _Draft, run: Span) -> Words:
    words = draft.words[slice(*run)]
    ends = [
        number in draft.folded and word == "."
        for number, word in zip(draft.quotation[slice(*run)], words, strict=True)
    ]
    return Words(tuple(words), tuple(draft.spaces[slice(*run)]), (True, *ends[:-1]))


def _group_quotations(
    paragraphs: Sequence[Span], quotations: Sequence[Quotation]
) -> Iterator[tuple[Span, tuple[Quotation, ...]]]:
    at = 0
    for paragraph in paragraphs:
        first = at
        while at < len(quotations) and quotations[at].start < paragraph.end:
            at += 1
        yield paragraph, tuple(quotations[first:at])


def _draft_paragraph(
    text: str,
    paragraph: Span,
    quotations: tuple[Quotation, ...],
    pieces: Sequence[Piece],
    parser: Parser,
    cues: CueTable,
) -> _Draft | None:
    quotations = tuple(each for each in quotations if each.start < paragraph.start + _MAX_REACH)
    folded: set[int] = set()
    for number in range(len(quotations)):
        if stands_alone(text, paragraph, quotations, number, folded, cues):
            folded.add(number)
    draft = _Draft(
        paragraph.start, paragraph.end, [], [], [], [], quotations,
        frozenset(folded),
    )  # fmt: skip
    start = skip_dateline(text, paragraph.start, paragraph.end)
    clock = _CLOCK.match(text, start, paragraph.end)
    start = clock.end() if clock else start
    for piece in pieces:
        first = len(draft.words)
        if piece.read:
            _add_piece(draft, text, Span(max(start, piece.span.start), piece.span.end), parser, cues)
            if len(draft.words) > first:
                draft.runs.append(Span(first, len(draft.words)))
        else:
            _add_word(draft, ".", piece.span, -1, spaced=True)
    return draft if draft.words else None


def _add_piece(draft: _Draft, text: str, span: Span, parser: Parser, cues: CueTable) -> None:
    at = span.start
    for number, quotation in enumerate(draft.quotations):
        if not at <= quotation.start < span.end:
            continue
        if len(draft.words) >= _MAX_WORDS:
            return
        _add_words(draft, text, at, quotation.start, -1, parser)
        if number in draft.folded:
            _add_stand_in(draft, text, quotation, number, cues)
        else:
            _add_words(draft, text, quotation.inner.start, quotation.inner.end, number, parser)
        at = quotation.end
    _add_words(draft, text, at, span.end, -1, parser)


def _add_word(draft: _Draft, word: str, span: Span, number: int, *, spaced: bool) -> None:
    draft.words.append(word)
    draft.spaces.append(spaced)
    draft.spans.append(span)
    draft.quotation.append(number)


def _add_words(draft: _Draft, text: str, start: int, end: int, number: int, parser: Parser) -> None:
    piece = _CURLY.sub("'", text[start:end].translate(_PLAIN))
    for word in _join_titles(piece, parser.split_words(piece)):
        if len(draft.words) >= _MAX_WORDS:
            return
        spaced = start + word.end < len(text) and (text[start + word.end].isspace() or word.end == len(piece))
        span = Span(start + word.start, start + word.end)
        _add_word(draft, piece[word.start : word.end], span, number, spaced=spaced)


def _join_titles(piece: str, words: Iterable[Span]) -> Iterator[Span]:
    """Yield words, a title and the stop behind it as one: "Fr. Roe", which ends no sentence."""
    titles = load_people().titles
    held: Span | None = None
    for word in words:
        if held is not None and word == (held.end, held.end + 1) and piece[word.start] == ".":
            yield Span(held.start, word.end)
            held = None
            continue
        if held is not None:
            yield held
        held = word if f"{piece[word.start : word.end].lower()}." in titles else None
        if held is None:
            yield word
    if held is not None:
        yield held


def _add_stand_in(draft: _Draft, text: str, quotation: Quotation, number: int, cues: CueTable) -> None:
    """Fold a quotation; the mark at its end becomes a comma where the sentence goes on, else a stop."""
    words = list(_STAND_IN)
    behind = text[quotation.end : min(draft.end, quotation.end + 120)].lstrip(" \t\u00a0*")
    if behind[:1] not in (",", ";", ":", ".") or not behind:
        words.append("," if goes_on(text, quotation, behind, cues) else ".")
    for word in words:
        _add_word(draft, word, Span(quotation.start, quotation.end), number, spaced=True)


def _join_parses(draft: _Draft, parses: Iterator[Parse], surnames: frozenset[str]) -> Narration:
    """Return the narration with the next parses for its runs; words outside them are roots without a tag.

    A noun that is a surname elsewhere is one here, whatever the parser took it for.
    """
    size = len(draft.words)
    tags, relations, heads = [""] * size, ["ROOT"] * size, list(range(size))
    children: list[list[int]] = [[] for _ in range(size)]
    for first, last in draft.runs:
        parse = next(parses)
        tree = Tree(
            parse.words, parse.tags, list(parse.relations), list(parse.heads), _find_tied(draft, first, last)
        )
        mend_tree(tree)
        tags[first:last] = tree.tags
        relations[first:last] = tree.relations
        for word, head in enumerate(tree.heads, first):
            if first + head != word:
                heads[word] = first + head
                children[first + head].append(word)
    for word, tag in enumerate(tags):
        if tag in _NOUNS and draft.words[word] in surnames:
            tags[word] = "NNP"
    return Narration(
        start=draft.start,
        end=draft.end,
        spans=tuple(draft.spans),
        quotation=tuple(draft.quotation),
        quotations=draft.quotations,
        folded=draft.folded,
        words=tuple(draft.words),
        lower=tuple(word.lower() for word in draft.words),
        tags=tuple(tags),
        relations=tuple(relations),
        heads=tuple(heads),
        children=tuple(tuple(each) for each in children),
    )


def _find_tied(draft: _Draft, first: int, last: int) -> list[bool]:
    """Return of each word whether it is a hyphen within a word."""
    return [
        first < word < last - 1
        and draft.words[word] in HYPHENS
        and draft.spans[word - 1].end == draft.spans[word].start
        and draft.spans[word].end == draft.spans[word + 1].start
        for word in range(first, last)
    ]
