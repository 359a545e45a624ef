"""Who the speakers of an article are, once every statement is known: names, roles, chains and labels.

Called by `speech.attribution` with all statements of an article: an owner may be named before or after.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.datatypes import Label, Span
from index.speech.cast import Cast, read_cast
from index.speech.chains import find_chain, find_cited, find_label, name_medium
from index.speech.descriptions import (
    Description,
    Descriptions,
    describe_unnamed,
    extend_source,
    find_described_one,
    find_head,
    is_body,
    is_person,
    read_descriptions,
)
from index.speech.drafts import Draft
from index.speech.identities import NOBODY, Identity, give_full, pick_head
from index.speech.media import MediaWords, learn_media
from index.speech.mentions import trim_mention
from index.speech.naming import Name
from index.speech.narration import Narration
from index.speech.owners import PRONOUNS, find_pronoun_owner
from index.speech.passing_on import find_quoting
from index.speech.people import load_people
from index.speech.personhood import differ
from index.speech.reports import sort_mention
from index.speech.role_owners import (
    find_epithet_owner,
    find_institution,
    find_role_owner,
)
from index.speech.speakers import DOCUMENTS, find_antecedent, find_hearers

_DEFINITE = frozenset({"its", "his", "her", "their", "the", "this", "that", "these", "those"})
_OWNING = re.compile(r"['’]s ")
_OBJECTS = frozenset({"him", "her", "them"})
_LONG_NAME = 100  # characters, with what is said of the person before it
_ONE_OF = re.compile(r"(?:one of|another)\b", re.IGNORECASE)
_PHRASE = re.compile(r", (?:[^,.;:()“”\"]* and |the |an? )?")
_LOOSE = ("listed", "governed")  # hardly speech, of which "he" could go on


@dataclass(frozen=True, slots=True)
class Speaker:
    """What is known of a statement's speaker; `name` and `role` are slices of the text.

    Attributes:
        mention: the words that name the speaker beside the content.
    """

    mention: Span | None
    name: str | None
    role: str | None
    chain: tuple[str, ...]
    label: Label


def settle_speakers(
    text: str, narrations: Sequence[Narration], drafts: Sequence[Draft], outlet: str | None = None
) -> list[Speaker]:
    """Return the speaker of each statement, in the same order."""
    cast, sentences = read_cast(text, narrations)
    settling = _Settling(
        cast,
        narrations,
        learn_media(text, narrations, cast, load_people()),
        read_descriptions(text, narrations, load_people()),
        frozenset(_split_name(outlet or "")),
    )
    return [settling.settle(draft, sentences[draft.place][draft.report.verb]) for draft in drafts]


@dataclass(slots=True)
class _Settling:
    """The speakers of one article, settled in the order of the statements.

    Attributes:
        spoke: named people who spoke so far, with the number of their sentence.
        heard: where the last mention of each of them ends, by last name.
        body: the last speaker, where a body is it: the paragraph and who it is.
        latest: the last speaker known by a description only, where "he" may go on: position, noun, owner.
        outlet: the words of the article's own outlet.
    """

    cast: Cast
    narrations: Sequence[Narration]
    media: MediaWords
    descriptions: Descriptions
    outlet: frozenset[str]
    spoke: list[tuple[int, Name]] = field(default_factory=list)
    heard: dict[str, int] = field(default_factory=dict)
    latest: tuple[int, str, Identity] | None = None
    body: tuple[int, Identity] | None = None

    def settle(self, draft: Draft, sentence: int) -> Speaker:
        """Return the speaker of a statement."""
        narration, text = self.narrations[draft.place], self.cast.text
        chain = self._slice_chain(draft)
        mention, words = draft.speaker, draft.report.speaker
        cited = find_cited(narration, draft.report, self.media)
        if cited is not None:
            words = extend_source(narration, trim_mention(narration, cited))
            medium = name_medium(narration, draft.report.speaker, self.media)
            mention = narration.locate(words)
            link = text[slice(*narration.locate(medium))] if medium else ""
            chain = (link, *chain) if link and not self._is_outlet(link) else chain
        elif draft.owner:
            words = draft.owner
        owner = NOBODY
        if mention is not None and words:
            kind = (
                sort_mention(narration, words) if words is not draft.report.speaker else draft.report.mention
            )
            owner = self._find_owner(draft, narration, words, kind, sentence)
            if owner.name is not None:
                body = draft.report.form == "finite" and bool(draft.report.frames & {"say", "tell"})
                body = body and owner.person is None
                body = body and is_body(narration, find_head(narration, words), load_people())
                self.body = (draft.place, owner) if body or kind == "thing" else None
        if owner.person is not None and mention is not None:
            self.spoke.append((sentence, owner.person))
            self.heard[owner.person.words[-1]] = mention.end
        name, role = owner.name, owner.role
        if name is not None and self._is_outlet(_OWNING.split(name)[-1]):  # "last week's *Gazette*"
            name = role = None
        label = find_label(narration, draft.report, self.media, unnamed=owner.unnamed)
        told = text[slice(*mention)] if mention is not None else ""
        owned = _OWNING.split(told)[-1].removeprefix("the ")
        if name is None and all(word[0].isupper() for word in owned.split()) and self._is_outlet(owned):
            mention, told = None, ""
        chain = tuple(link for link in chain if link not in (name or "") and link not in told)
        return Speaker(mention, name, role, chain, label)

    def _find_owner(
        self, draft: Draft, narration: Narration, words: tuple[int, ...], kind: str, sentence: int
    ) -> Identity:
        cast = self.cast
        mention = narration.locate(words)
        if kind == "relative":
            noun = find_described_one(narration, find_antecedent(narration, draft.report.verb))
            if noun is None:
                return NOBODY
            words = tuple(word for word in trim_mention(narration, noun) if word not in words)
            kind = sort_mention(narration, words)
            if not words or kind not in ("named", "nominal", "pronoun"):
                return NOBODY
            mention = narration.locate(words)
        if kind == "pronoun":
            quoted = find_quoting(narration, draft.report.verb) is not None
            if quoted and narration.lower[words[-1]] in _OBJECTS:
                return NOBODY  # "Halyard quoted him as saying": any of those before
            return self._find_pronoun(mention, sentence, draft.place, self._find_named(draft, narration))
        if kind == "thing" and narration.lower[words[0]] == "it" and "say" in draft.report.frames:
            gap = draft.place - self.body[0] if self.body is not None else 2
            near = gap == 0 or (gap == 1 and words[0] == 0)  # where it opens the next paragraph
            return self.body[1] if self.body is not None and near else NOBODY
        if kind in ("thing", "none"):
            return NOBODY
        if kind in ("named", "nominal"):
            inside = cast.find_between(mention.start, mention.end)
            name = pick_head(narration, words, inside)
            if name is not None:
                self.latest = None
                return give_full(cast, name, mention)
        head = find_head(narration, words)
        cites = narration.lower[head] in DOCUMENTS or draft.report.pattern == "according"
        beside = None if cites else self._find_beside(mention)
        if beside is not None:
            self.latest = None
            return give_full(cast, beside)
        owner = self._find_described(draft, words, head, mention, kind, sentence)
        if draft.report.pattern in _LOOSE:
            return owner
        if owner.person is None and _is_person(narration, head):
            self.latest = (mention.end, narration.lower[head], owner)
        elif owner.person is not None:
            self.latest = None
        return owner

    def _find_beside(self, mention: Span) -> Name | None:
        """Return the person named between commas right behind a mention: "the other, Jane Roe, said".

        So too in "one of the clerks, the poet Jane Roe, said".
        """
        text = self.cast.text
        behind = self.cast.find_between(mention.end, mention.end + _LONG_NAME)
        one_of = _ONE_OF.match(text, mention.start, mention.end) is not None
        for place, name in enumerate(behind):
            start = name.span.start
            if one_of and name.role is not None:
                start = min(start, name.role.start)
            beside = (
                _PHRASE.fullmatch(text, mention.end, start)
                if one_of
                else not place and start - mention.end == 2
            )
            if not beside or text[mention.end : mention.end + 2] != ", ":
                continue
            if text[name.span.end : name.span.end + 1] == "," and name.pronoun != "it":
                return name if len(name.words) > 1 else None
        return None

    def _find_described(
        self, draft: Draft, words: tuple[int, ...], head: int, mention: Span, kind: str, sentence: int
    ) -> Identity:
        """Return whose a mention without a person's name is: "the mayor", "the board", "a guard"."""
        narration = self.narrations[draft.place]
        cast, noun = self.cast, narration.words[head]
        described = cast.text[mention.start : mention.end]
        determiner = narration.lower[words[0]]
        if kind == "nominal" and determiner in _DEFINITE:
            person = find_role_owner(cast, described, noun, mention.start)
            told = self.descriptions.find_before(noun.lower(), mention.start)
            if told is not None and (person is None or self._find_last(person, mention) < told.start):
                return Identity(told.text, unnamed=told.unnamed)
            if person is not None:
                return give_full(cast, person)
            if len(words) == 2 and determiner != "its":
                body = find_institution(cast, noun)
                if body is not None:
                    return Identity(cast.text[body.span.start : body.span.end])
        if determiner == "the":
            person = find_epithet_owner(cast, mention, noun, sentence, draft.place, self.spoke)
            if person is not None and not self._tells_of_another(draft, narration, person):
                return give_full(cast, person)
        if kind == "nominal" and determiner in _DEFINITE - {"its", "his", "her", "their"}:
            found = self.descriptions.find(narration.lower[head], described)
            if found is not None:
                return Identity(found.text, unnamed=found.unnamed)
        medium = name_medium(narration, words, self.media)
        if (
            medium
            and narration.words[medium[-1]][0].isupper()
            and noun.lower() in load_people().media_words
            and words[-1] == medium[-1]
        ):
            return Identity(cast.text[slice(*narration.locate(medium))])
        found = describe_unnamed(cast.text, narration, words, head, load_people())
        return Identity(found.text, unnamed=found.unnamed)

    def _tells_of_another(self, draft: Draft, narration: Narration, person: Name) -> bool:
        """Whether a statement cannot well be somebody's own: it names them, or begins with another pronoun.

        "The former ambassador said *she* would stay" is not his.
        """
        if person.words[-1] in {words[-1] for words in self._find_named(draft, narration)}:
            return True
        opening = (narration.lower[word] for word in draft.report.content[:2])
        pronoun = next((word for word in opening if word in ("he", "she")), "either")
        return differ(self.cast.find_pronoun(person), pronoun)

    def _find_named(self, draft: Draft, narration: Narration) -> frozenset[tuple[str, ...]]:
        """Return the names in what a statement reports behind its cue, and of those to whom it is said."""
        report = draft.report
        named: set[tuple[str, ...]] = set()
        behind = [word for word in report.content if word > report.verb and narration.quotation[word] < 0]
        if behind and report.verb not in behind:
            span = narration.locate((behind[0], behind[-1]))
            named |= {name.words for name in self.cast.find_between(*span)}
        verbs = {report.verb, *(narration.heads[word] for word in report.speaker)}
        for hearer in (each for verb in verbs for each in find_hearers(narration, verb)):
            span = narration.locate(trim_mention(narration, hearer))
            named |= {name.words for name in self.cast.find_between(*span)}
        return frozenset(named)

    def _find_pronoun(
        self, mention: Span, sentence: int, place: int, barred: frozenset[tuple[str, ...]]
    ) -> Identity:
        cast = self.cast
        pronoun = PRONOUNS.get(cast.text[mention.start : mention.end].lower(), "either")
        described = NOBODY
        if self.latest is not None and pronoun != "either":
            end, noun, owner = self.latest
            between = cast.find_between(end, mention.start)
            fits = load_people().nouns.get(noun, pronoun) == pronoun
            near = "\n\n" not in cast.text[end : mention.start]
            if near and fits and not any(name.subject and name.pronoun != "it" for name in between):
                described = owner
                if owner.person is not None or noun not in load_people().plain_epithets:
                    self.latest = (mention.end, noun, owner)
                    return owner
        person = find_pronoun_owner(cast, mention, sentence, place, self.spoke, barred)
        if person is None:
            return described
        told = self._find_stranger(mention, person, pronoun)
        if told is not None:
            return Identity(told.text, unnamed=told.unnamed)
        self.latest = None
        return give_full(cast, person, None, pronoun)

    def _find_stranger(self, mention: Span, person: Name, pronoun: str) -> Description | None:
        """Return somebody without a name who does something after a person was last named or heard."""
        last = max(self._find_last(person, mention), self.heard.get(person.words[-1], 0))
        told = self.descriptions.find_acting(last, mention.start, pronoun)
        if told is None or self.cast.text.count("\n\n", told.start, mention.start) > 1:
            return None
        return told

    def _find_last(self, person: Name, mention: Span) -> int:
        """Return where the last naming of a person before a mention begins, -1 where there is none."""
        named = [each.span.start for each in self.cast.shared[person.words[-1].lower()]]
        return max((start for start in named if start < mention.start), default=-1)

    def _slice_chain(self, draft: Draft) -> tuple[str, ...]:
        """Return the media between the speaker and the article, nearest to the speaker first."""
        text = self.cast.text
        links: list[str] = []
        words = find_chain(self.narrations[draft.place], draft.report, self.media)
        if words:
            links.append(text[slice(*self.narrations[draft.place].locate(words))])
        above, seen = draft.parent, {id(draft)}
        while above is not None and id(above) not in seen:
            seen.add(id(above))
            home = self.narrations[above.place]
            medium = name_medium(home, above.report.speaker, self.media)
            if medium:
                links.append(text[slice(*home.locate(medium))])
            above = above.parent
        return tuple(link for link in dict.fromkeys(links) if not self._is_outlet(link))

    def _is_outlet(self, name: str) -> bool:
        """Whether a name is the article's own outlet's, or short for it."""
        words = _split_name(name)
        return bool(words) and words <= self.outlet


def _is_person(narration: Narration, head: int) -> bool:
    """Whether a noun stands for one person; a name that only ends as such a noun does ("Banner") does not."""
    people, noun = load_people(), narration.lower[head]
    if narration.tags[head].startswith("NNP"):
        return noun in people.titles or noun in people.nouns or noun in people.persons
    return is_person(noun, people)


def _split_name(name: str) -> set[str]:
    return set(name.lower().split()) - {"the"}
