"""Who the speakers of an article are, once every statement is known: names, roles, chains and labels.

Called by `index.attribution` with all statements of an article: an owner may be named before or after.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from index.cast import Cast, Name, read_cast
from index.chains import find_chain, find_label, is_medium
from index.datatypes import Label, Span
from index.narration import Narration
from index.owners import PRONOUNS, cut_article, find_pronoun_owner, find_role_owner
from index.people import PeopleTable, load_people
from index.reports import Report

_POSSESSIVES = frozenset({"its", "his", "her", "their", "the", "this", "that", "these", "those"})


class Drafted(Protocol):
    """What settling needs to know of a statement."""

    @property
    def report(self) -> Report:
        """What was read at its cue."""
        ...

    @property
    def place(self) -> int:
        """The position of the paragraph that holds its cue."""
        ...

    @property
    def speaker(self) -> Span | None:
        """The mention."""
        ...

    @property
    def parent(self) -> Drafted | None:
        """The statement that it is nested in."""
        ...

    @property
    def owner(self) -> tuple[int, ...]:
        """The words of a second cue's speaker, where a doubled cue names the owner of a pronoun."""
        ...


@dataclass(frozen=True, slots=True)
class Speaker:
    """What is known of a statement's speaker beyond the mention; `name` and `role` are slices of the text."""

    name: str | None
    role: str | None
    chain: tuple[str, ...]
    label: Label


def settle_speakers(
    text: str, narrations: Sequence[Narration], drafts: Sequence[Drafted], outlet: str | None = None
) -> list[Speaker]:
    """Return the speaker of each statement, in the same order."""
    people = load_people()
    cast, sentences = read_cast(text, narrations)
    settled: list[Speaker] = []
    spoke: list[tuple[int, Name]] = []
    for draft in drafts:
        narration = narrations[draft.place]
        sentence = sentences[draft.place][draft.report.verb]
        name, role, owner = _name_speaker(cast, narration, draft, sentence, spoke)
        if owner is not None:
            spoke.append((sentence, owner))
        chain = _slice_chain(text, narration, draft, narrations, people, outlet)
        label = find_label(narration, draft.report, people)
        if name is not None and outlet is not None and name.lower() == outlet.lower():
            name = role = None
        settled.append(Speaker(name, role, chain, label))
    return settled


def _name_speaker(
    cast: Cast, narration: Narration, draft: Drafted, sentence: int, spoke: Sequence[tuple[int, Name]]
) -> tuple[str | None, str | None, Name | None]:
    """Return name, role, and the name's place where the speaker is a person with a name."""
    text = cast.text
    if draft.speaker is None:
        return None, None, None
    mention = draft.speaker
    if draft.owner:
        words = draft.owner
        mention = Span(narration.spans[words[0]].start, narration.spans[words[-1]].end)
    inside = [
        name for name in cast.names if mention.start <= name.span.start and name.span.end <= mention.end
    ]
    if draft.report.mention == "pronoun" and not draft.owner:
        owner = find_pronoun_owner(cast, mention, sentence, draft.place, spoke)
        if owner is None:
            return None, None, None
        return _give_full(cast, owner, PRONOUNS.get(text[mention.start : mention.end].lower(), "either"))
    described = text[mention.start : mention.end]
    if inside and (draft.report.mention == "named" or draft.owner):
        name = _pick_head(narration, draft, inside)
        return (described, None, None) if name is None else _give_full(cast, name)
    if draft.report.mention in ("relative", "thing", "none"):
        return None, None, None
    head = described.split()[-1]
    first = described.split()[0].lower()
    if first in _POSSESSIVES and draft.report.mention == "nominal":
        owner = find_role_owner(cast, head, mention.start)
        if owner is not None:
            return _give_full(cast, owner)
    return described, None, None


def _pick_head(narration: Narration, draft: Drafted, inside: Sequence[Name]) -> Name | None:
    """Return the person that the mention is about: beside a role, or the one whose name is its head.

    None where its head is something else, "the ministry in Haldren" say: then the whole mention names it.
    """
    people = [name for name in inside if name.pronoun != "it"]
    roled = [name for name in people if name.role is not None]
    if roled:
        return roled[0]
    words = draft.owner or draft.report.speaker
    heads = [narration.spans[word].start for word in words if narration.heads[word] not in words]
    return next(
        (name for name in people if any(name.span.start <= head < name.span.end for head in heads)), None
    )


def _give_full(cast: Cast, name: Name, pronoun: str = "either") -> tuple[str, str | None, Name]:
    full = cast.find_full(name.words, pronoun) or name
    best = full if len(full.words) > len(name.words) else name
    role = name.role or full.role
    if role is None:
        role = next(
            (
                each.role
                for each in cast.shared[best.words[-1].lower()]
                if each.words == best.words and each.role
            ),
            None,
        )
    text = cast.text
    return (
        text[best.span.start : best.span.end],
        cut_article(text[role.start : role.end]) if role is not None else None,
        name,
    )


def _slice_chain(
    text: str,
    narration: Narration,
    draft: Drafted,
    narrations: Sequence[Narration],
    people: PeopleTable,
    outlet: str | None,
) -> tuple[str, ...]:
    """Return the media between the speaker and the article, nearest to the speaker first."""
    links: list[str] = []
    words = find_chain(narration, draft.report, people)
    if words:
        links.append(text[narration.spans[words[0]].start : narration.spans[words[-1]].end])
    above = draft.parent
    while above is not None:
        home = narrations[above.place]
        if is_medium(home, above.report.speaker, people):
            names = [
                word
                for word in above.report.speaker
                if home.words[word] in people.media_names or home.tags[word].startswith("NNP")
            ]
            if names:
                links.append(text[home.spans[names[0]].start : home.spans[names[-1]].end])
        above = above.parent
    kept = [link for link in dict.fromkeys(links) if outlet is None or link.lower() != outlet.lower()]
    return tuple(kept)
