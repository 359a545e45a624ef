"""Statements: what was said, the words that report it, and who said it.

Runs at build time on every article; `events.disputes` and answering read what it makes. Quotations are found
by their marks, cues and speakers by rules over the parser's trees (`speech.narration`, `speech.reports`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from index.datatypes import Article, Span, Statement
from index.speech.assignment import assign_quotations
from index.speech.attribution_confidence import KEPT, weigh_report
from index.speech.cast import read_cast
from index.speech.continuations import find_continued
from index.speech.cues import CueTable, load_cues
from index.speech.drafts import Draft, draft_report
from index.speech.foreign import attribute_foreign, fits_parser
from index.speech.interviews import find_interview, find_interviewed, state_answers
from index.speech.narration import Narration, read_paragraphs
from index.speech.noun_cues import find_noun_reports
from index.speech.parsing import Parser
from index.speech.parting import part_reports
from index.speech.people import load_people
from index.speech.posts import CONFIDENCE as POST_CONFIDENCE
from index.speech.posts import Post, find_posts
from index.speech.quotations import find_quotations, split_paragraphs
from index.speech.reports import SpeechReport, find_reports
from index.speech.rereading import reread_reports
from index.speech.set_phrases import find_phrase_reports
from index.speech.settling import settle_speakers
from index.speech.skimming import cut_paragraphs
from index.speech.trailing import acts, trails
from index.speech.transcripts import Speech, disown_labels, find_transcript, state_speeches

_SAYING = frozenset({"said", "says", "say", "told", "tells"})

ATTRIBUTION_VERSION = 37
"""Raised whenever the same text would be attributed otherwise; part of the manifest."""

_FEW_WORDS = 5
_OWN = frozenset({"i", "we", "you"})
_LONG_GAP = 12  # of the reporter's words between a pronoun and the name that owns it
_LONG_CONTENT = 2  # words behind the second cue; more are a statement of its own


def attribute(article: Article, parser: Parser) -> tuple[Statement, ...]:
    """Return the statements of an article, at every level, in the order of their contents.

    The article's own outlet is never a speaker or a link of a chain.
    """
    return attribute_text(article.text, parser, article.id, article.outlet)


def attribute_text(
    text: str, parser: Parser, article: str = "", outlet: str | None = None
) -> tuple[Statement, ...]:
    """Return the statements of a text as given; offsets are into `text`, which is not normalised.

    In a text that the parser's language does not fit, only quotations with a known cue beside them are found.
    """
    if not fits_parser(text, parser):
        return attribute_foreign(text, find_quotations(text), load_cues(), article)
    paragraphs = split_paragraphs(text)
    posts = find_posts(text, paragraphs)
    speeches = find_transcript(text, paragraphs)
    answers, turns = _state_interview(text, paragraphs, speeches, parser, article)
    whole = {post.content.start for post in posts} | {turn.start for turn in turns}
    narrations, drafts = draft_statements(text, parser, whole)
    settled = settle_speakers(text, narrations, drafts, outlet)
    places = {id(draft): position for position, draft in enumerate(drafts)}
    told = tuple(
        Statement(
            article=article,
            content=tuple(draft.spans),
            cue=draft.cue,
            speaker=speaker.mention,
            name=speaker.name,
            role=speaker.role,
            chain=speaker.chain,
            label=speaker.label,
            confidence=draft.confidence,
            parent=places[id(draft.parent)] if draft.parent is not None else None,
        )
        for draft, speaker in zip(drafts, settled, strict=True)
    )
    told = disown_labels(told, text, speeches)
    return _put_among(told, [*(_state_post(text, post, article) for post in posts), *answers])


def _state_interview(
    text: str, paragraphs: tuple[Span, ...], speeches: Sequence[Speech], parser: Parser, article: str
) -> tuple[list[Statement], list[Span]]:
    """Return the answers of an interview, or who speaks in a transcript, as statements, and their paragraphs.

    The paragraphs of an interview are its questions too. There is nothing where nobody answers.
    """
    several = len({text[slice(*speech.label)] for speech in speeches}) > 2
    interview = None if several else find_interview(text, paragraphs)
    if interview is None:
        spoken = [speech.paragraph for speech in speeches if not speech.presents]
        return state_speeches(text, speeches, article), spoken
    quotations = find_quotations(text, interview.lead)
    lead = list(read_paragraphs(text, interview.lead, quotations, parser, load_cues(), every=True))
    cast, _ = read_cast(text, lead)
    answers = state_answers(text, interview, find_interviewed(interview, cast), cast, article)
    return answers, [turn.paragraph for turn in interview.turns] if answers else []


def _state_post(text: str, post: Post, article: str) -> Statement:
    name = text[slice(*post.name)]
    return Statement(article, (post.content,), None, post.name, name, confidence=POST_CONFIDENCE)


def _put_among(told: Sequence[Statement], posts: Sequence[Statement]) -> tuple[Statement, ...]:
    """Return statements with those of posts at their places; what is nested stays so."""
    if not posts:
        return tuple(told)
    all_of = [*told, *posts]
    order = sorted(range(len(all_of)), key=lambda place: all_of[place].content[0].start)
    moved = {old: new for new, old in enumerate(order)}
    return tuple(
        replace(one, parent=None if one.parent is None else moved[one.parent])
        for one in (all_of[place] for place in order)
    )


def draft_statements(
    text: str, parser: Parser, whole: Collection[int] = ()
) -> tuple[list[Narration], list[Draft]]:
    """Return the parsed paragraphs, and statements before owners and chains are known.

    Args:
        whole: where paragraphs begin that are somebody's as a whole; they are not parsed.
    """
    cues = load_cues()
    paragraphs = tuple(span for span in split_paragraphs(text) if span.start not in whole)
    quotations = find_quotations(text, paragraphs)
    paragraphs = cut_paragraphs(text, paragraphs, [each for each in quotations if each.depth == 0])
    narrations: list[Narration] = []
    drafts: list[Draft] = []
    for narration in read_paragraphs(text, paragraphs, quotations, parser, cues):
        drafts.extend(_attribute_paragraph(text, narration, cues, drafts, narrations))
        narrations.append(narration)
    return narrations, _settle_levels(text, drafts, narrations)


def _settle_levels(text: str, drafts: list[Draft], narrations: Sequence[Narration]) -> list[Draft]:
    """Drop what is too unsure, fold doubled cues into one, and find what each statement is nested in."""
    weighed = []
    for draft in drafts:
        narration = narrations[draft.place]
        mixed = draft.quoted and any(narration.quotation[word] < 0 for word in draft.report.content)
        draft.confidence = weigh_report(
            draft.report,
            quoted=draft.quoted,
            mixed=mixed,
            short=_is_short(text, draft),
            own=_is_own(text, draft),
            people=_are_people(narration, draft.report),
            said=narration.lower[draft.report.verb] in _SAYING,
            itself=[narration.lower[word] for word in draft.report.speaker] == ["it"],
            trailing=trails(narration, draft.report),
            acting=acts(narration, draft.report),
        )
        if draft.confidence >= KEPT:
            weighed.append(draft)
    kept: list[Draft] = []
    beside: dict[int, list[Draft]] = {}
    for draft in weighed:
        beside.setdefault(draft.place, []).append(draft)
    spare = {
        id(draft) for place, drafts in beside.items() for draft in _join_second(narrations[place], drafts)
    }
    weighed = [draft for draft in weighed if id(draft) not in spare]
    beside = {place: [draft for draft in each if id(draft) not in spare] for place, each in beside.items()}
    for draft in weighed:
        inner = [each for each in beside[draft.place] if _holds_cue(draft, each)]
        if not _is_doubled(draft, inner, narrations[draft.place]):
            kept.append(draft)
            continue
        for each in inner:
            each.owner = draft.report.speaker
            each.confidence = max(each.confidence, round(draft.confidence * 0.9, 2))
    stays = set(map(id, kept))
    for draft in kept:
        draft.parent = _find_parent(draft, [each for each in beside[draft.place] if id(each) in stays])
    return sorted(kept, key=lambda draft: (draft.spans[0].start, -draft.spans[-1].end))


def _is_short(text: str, draft: Draft) -> bool:
    return sum(len(text[span.start : span.end].split()) for span in draft.spans) < _FEW_WORDS


def _are_people(narration: Narration, report: SpeechReport) -> bool:
    """Whether the mention is a noun for somebody, or for a body: "the board", not "the poll"."""
    if report.mention != "nominal":
        return False
    table = load_people()
    nouns = [narration.lower[word] for word in report.speaker]
    return any(
        table.is_role(noun) or noun in table.institutions or noun in table.bodies
        for word in nouns
        for noun in (word, word.removesuffix("s"))
    )


def _is_own(text: str, draft: Draft) -> bool:
    """Whether "I", "we" or "you" speaks: mostly somebody's words whose marks were lost."""
    return draft.speaker is not None and text[draft.speaker.start : draft.speaker.end].lower() in _OWN


def _join_second(narration: Narration, drafts: Sequence[Draft]) -> list[Draft]:
    """Give pronouns the owner that a second cue in their sentence names; return the statements to spare."""
    spare: list[Draft] = []
    cues = load_cues()
    pronouns = [draft for draft in drafts if draft.report.mention == "pronoun"]
    named = [draft for draft in drafts if draft.report.mention == "named"] if pronouns else []
    for first in pronouns:
        for second in named:
            if not _is_second_cue(narration, first.report, second.report, cues):
                continue
            joined = [
                draft for draft in drafts if first.report.verb <= draft.report.verb < second.report.verb
            ]
            for draft in joined:
                draft.owner = second.report.speaker
                draft.speaker = first.speaker
            if second.quotations <= frozenset().union(*(draft.quotations for draft in joined)):
                spare.append(second)
            break
    return spare


def _is_second_cue(narration: Narration, pronoun: SpeechReport, named: SpeechReport, cues: CueTable) -> bool:
    """Whether a name owns the pronoun before it: "“…,” he said, adding “…,” Jane Roe told reporters".

    A quotation ends right before the name or its cue, and the reporter's words between only go on reporting.
    """
    if named.verb <= pronoun.verb or named.pattern == "according":
        return False
    first = max(pronoun.verb, *pronoun.speaker)
    last = min(named.verb, *named.speaker)
    if last <= first or not 0 <= narration.quotation[last - 1] != narration.quotation[last]:
        return False
    own = [word for word in range(first + 1, last) if narration.quotation[word] < 0]
    loose = sum(word > named.verb and narration.quotation[word] < 0 for word in named.content)
    if len(own) > _LONG_GAP or loose > _LONG_CONTENT:
        return False
    return all(cues.find_verb(narration.lower[word]) is not None for word in own if narration.is_verb(word))


def _holds_cue(outer: Draft, inner: Draft) -> bool:
    return outer is not inner and any(
        span.start <= inner.cue.start and inner.cue.end <= span.end for span in outer.spans
    )


def _is_doubled(draft: Draft, inner: Sequence[Draft], narration: Narration) -> bool:
    """Whether a cue only names again who speaks inside it: "“…,” he said, Jane Roe said"."""
    if (
        not inner
        or draft.report.mention != "named"
        or draft.report.pattern == "according"
        or any(each.report.mention != "pronoun" for each in inner)
    ):
        return False
    covered = {
        word for each in inner for word in (*each.report.content, *each.report.cue, *each.report.speaker)
    }
    loose = [word for word in draft.report.content if word not in covered and narration.words[word].isalnum()]
    return not loose


def _find_parent(draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """Return the narrowest statement whose content holds the cue of this one, and is longer than its own."""
    holders = [other for other in drafts if _holds_cue(other, draft) and _measure(other) > _measure(draft)]
    return min(holders, key=_measure, default=None)


def _measure(draft: Draft) -> int:
    return sum(span.end - span.start for span in draft.spans)


def _attribute_paragraph(
    text: str, narration: Narration, cues: CueTable, before: Sequence[Draft], above: Sequence[Narration]
) -> list[Draft]:
    nouns = find_noun_reports(narration, cues)
    told = part_reports(narration, find_reports(narration, cues))
    read = [*told, *nouns, *find_phrase_reports(narration, cues)]
    reports = assign_quotations(text, narration, reread_reports(narration, read), cues)
    place = len(above)
    drafts = [draft for report in reports if (draft := draft_report(narration, place, report)) is not None]
    first = narration.quotations[0] if narration.quotations else None
    if (
        first is not None
        and first.start == narration.start
        and not any(0 in draft.quotations for draft in drafts)
    ):
        continued = find_continued(text, narration, above, before)
        if continued is not None:
            if not continued.spans:
                drafts.append(continued)
            continued.spans.append(Span(first.start, first.end))
    return sorted(drafts, key=lambda draft: draft.spans[0])
