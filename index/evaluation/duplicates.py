"""Measures the finding of copies on 200 edited copies, made here from any articles, against look-alikes.

Part of the evaluation command. The copies are cut, retitled, re-punctuated, reworded and added to; the
look-alikes keep a report's sentences and change its names and numbers, as another town's flood does.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from index.datatypes import Article
from index.evaluation.pairs import PairScore, score_pairs
from index.events.duplicates import find_carriers
from index.texts.sentences import split_paragraphs, split_sentences

COPIES = 200
LOOKALIKES = 200
_LEAST_WORDS = 120  # of an article that copies are made from
_SEED = 7
_REWORDED = 0.2  # share of the sentences that are written anew

_OTHER_WORDS = {
    "said": "stated", "about": "roughly", "but": "yet", "after": "following", "also": "too",
    "before": "ahead of", "because": "since", "many": "a number of", "big": "large", "very": "highly",
    "show": "reveal", "people": "persons", "begin": "start", "help": "aid", "buy": "purchase",
    "get": "obtain", "use": "employ", "new": "fresh", "first": "initial", "last": "final",
    "more": "further", "will": "is going to", "has": "now has", "were": "had been", "was": "had been",
}  # fmt: skip
_RETITLES = ("Update: {}", "{} – live", "What we know: {}", "{} (agencies)", "Explained: {}")
_OWN_PARAGRAPHS = (
    "Our newsroom has asked the people named here for a comment and will add their answers below.",
    "Readers who were there may write to this paper; letters are published on Saturdays after editing.",
)
_STAND_INS = tuple(
    first + middle + last
    for first in ("Bran", "Cor", "Del", "Esk", "Fal", "Gor", "Hul", "Ind", "Jor", "Kel", "Lom", "Mar")
    for middle in ("a", "en", "i", "o", "ur", "ys", "al", "em", "is", "ov")
    for last in ("wick", "ham", "stead", "mere", "ford", "holm", "dale", "bury", "ton", "field")
)


@dataclass(frozen=True, slots=True)
class EditedSet:
    """Articles with their copies and look-alikes, and which of them belong together.

    Attributes:
        groups: ids of an article and all its copies, for every article, look-alikes included.
    """

    articles: tuple[Article, ...]
    groups: tuple[tuple[str, ...], ...]


def evaluate_duplicates(articles: Sequence[Article]) -> PairScore:
    """Return the pairwise score of `find_carriers` over copies and look-alikes made of `articles`.

    Articles that are copies of each other before any editing are left out, so that the made groups are
    the truth; at least one article of 120 words is needed (ValueError).
    """
    apart = {report.original for report in find_carriers(articles)}
    made = make_edited_set([article for article in articles if article.id in apart], _SEED)
    found = find_carriers(made.articles)
    return score_pairs([(report.original, *report.carriers) for report in found], made.groups)


def make_edited_set(articles: Sequence[Article], seed: int) -> EditedSet:
    """Return `articles` with 200 edited copies and 200 look-alikes; the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - reproducible editing, not secrecy
    sources = [article for article in articles if len(article.text.split()) >= _LEAST_WORDS]
    if not sources:
        raise ValueError(f"none of {len(articles)} articles has {_LEAST_WORDS} words to make copies from")
    groups: dict[str, list[str]] = {article.id: [article.id] for article in articles}
    made = list(articles)
    for number in range(COPIES):
        source = sources[number % len(sources)]
        edits = EDITS[number // len(sources) % len(EDITS) if len(sources) < COPIES else number % len(EDITS)]
        text = source.text
        for edit in edits:
            text = edit(text, chance)
        title = chance.choice(_RETITLES).format(source.title)
        made.append(replace(source, id=f"copy-{number}", title=title, text=text, origin=None))
        groups[source.id].append(f"copy-{number}")
    for number in range(LOOKALIKES):
        source = sources[number % len(sources)]
        key = f"alike-{number}"
        made.append(replace(source, id=key, text=change_particulars(source.text, chance)))
        groups[key] = [key]
    chance.shuffle(made)
    return EditedSet(tuple(made), tuple(tuple(ids) for ids in groups.values()))


def cut_text(text: str, chance: random.Random) -> str:
    """Return the opening of a text: between a third and two thirds of its sentences."""
    spans = split_sentences(text)
    kept = max(3, round(len(spans) * chance.uniform(1 / 3, 2 / 3)))
    return text[: spans[min(kept, len(spans)) - 1].end]


def repunctuate_text(text: str, chance: random.Random) -> str:
    """Return a text with other quotation marks, dashes, capitals and paragraphs."""
    straight = text.translate(str.maketrans("“”‘’–—", "\"\"''--"))
    spaced = re.sub(r"\s*-{1,2}\s+", " – ", straight).replace(", and ", " and ").replace("; ", ". ")
    paragraphs = [spaced[span.start : span.end] for span in split_paragraphs(spaced)]
    joined = "".join(paragraph + chance.choice((" ", "\n\n")) for paragraph in paragraphs)
    return re.sub(r"^\w+ \w+", lambda match: match.group().upper(), joined.strip())


def reword_text(text: str, chance: random.Random) -> str:
    """Return a text in which a fifth of the sentences are turned round and given other words."""
    spans = split_sentences(text)
    chosen = set(chance.sample(range(len(spans)), max(1, round(len(spans) * _REWORDED))))
    pieces, last = [], 0
    for number, span in enumerate(spans):
        sentence = text[span.start : span.end]
        pieces.append(
            text[last : span.start] + (_reword_sentence(sentence) if number in chosen else sentence)
        )
        last = span.end
    return "".join(pieces) + text[last:]


def add_paragraphs(text: str, chance: random.Random) -> str:
    """Return a text with two paragraphs of an outlet's own, before or after it."""
    own = "\n\n".join(_OWN_PARAGRAPHS)
    return f"{own}\n\n{text}" if chance.random() < 0.5 else f"{text}\n\n{own}"


def change_particulars(text: str, chance: random.Random) -> str:
    """Return a text with every name and number changed, each the same way throughout."""
    plain = set(re.findall(r"\b[a-z]\w+", text))
    stand_ins: dict[str, str] = {}

    def change(match: re.Match[str]) -> str:
        word = match.group()
        if word.casefold() in plain:
            return word
        if word not in stand_ins:
            number = str(int(word) + chance.randint(1, 9)) if word.isdecimal() and len(word) < 9 else word
            stand_ins[word] = number if word[0].isdecimal() else chance.choice(_STAND_INS)
        return stand_ins[word]

    return re.sub(r"\b[A-Z]\w+|\d+", change, text)


def _reword_sentence(sentence: str) -> str:
    words = sentence.split()
    half = len(words) // 2
    turned = words[half:] + words[:half]
    return " ".join(_OTHER_WORDS.get(word, word) for place, word in enumerate(turned) if place % 5 != 4)


Edit = Callable[[str, random.Random], str]

EDITS: tuple[tuple[Edit, ...], ...] = (
    (cut_text,),
    (repunctuate_text,),
    (reword_text,),
    (add_paragraphs,),
    (cut_text, repunctuate_text),
    (reword_text, repunctuate_text),
    (reword_text, add_paragraphs),
    (reword_text, cut_text),
    (reword_text, repunctuate_text, cut_text),
    (reword_text, repunctuate_text, add_paragraphs),
)
"""What is done to the copies, in turn."""
