"""A follow-up question made complete from the turns before it, in words that were said, never new ones.

The first step of reading: what comes out is parsed, searched for and shown to the user as what the
question was taken to mean. A question that says itself what it is about stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from index.datatypes import Span
from index.questions.antecedents import find_person
from index.questions.lexicons import Lexicon
from index.questions.overviews import find_overview
from index.questions.question import parse_question
from index.questions.replacing import (
    BRACKETED,
    MARKS,
    Context,
    bracket_topic,
    find_date_spans,
    find_outlet_spans,
    put_date,
    put_name,
    put_outlet,
)
from index.questions.speaking import find_told
from index.questions.topics import clip_topic, describe_topic, quote_question
from index.questions.turns import Turn
from index.questions.wording import (
    Kind,
    Wording,
    choose_lexicon,
    fold_words,
    is_chat,
    read_wording,
    split_lead,
)

_LONGEST_FOLLOW_UP = 400  # code points; a longer text is complete in itself
_LONGEST_FRAGMENT = 8  # words of "and the deputy mayor of Varn?"

_SHOWN_AS_SUBJECT = ("he", "she")
_SWAPPED = frozenset({"why", "when", "where", "how"})


@dataclass(frozen=True, slots=True)
class Completion:
    """A question to search for.

    Attributes:
        text: the question, complete; equal to `asked` where it was left alone.
        asked: what the user wrote.
        ways: names of the ways in which it was completed, in order; empty where it was left alone.
    """

    text: str
    asked: str
    ways: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Case:
    """A question and what it may follow up: features that the table of ways asks for.

    Attributes:
        dates, outlets: where `wording.text` names them.
        turns: newest last, at least one; none that nothing answered where the question does not point back.
            Nor one that was answered in doubt, if there is another, or if the question has words of its own.
        selected: words that the user selected for the question to be about, or "".
    """

    wording: Wording
    dates: tuple[Span, ...]
    outlets: tuple[Span, ...]
    turns: tuple[Turn, ...]
    selected: str
    context: Context

    @property
    def last(self) -> Turn:
        return self.turns[-1]

    def rest_of_fragment(self) -> str:
        """Return a fragment without its dates and outlets, "" where no word with meaning is left."""
        words = [word for word in self.wording.words if word.kind is not Kind.HIDDEN]
        if all(word.text in self.wording.lexicon.opens | self.wording.lexicon.articles for word in words):
            return ""
        return self.wording.text[words[0].start : words[-1].end]


def complete_question(
    text: str, turns: Sequence[Turn], context: Context, *, about: str | None = None
) -> Completion:
    """Return what a question asks for after the turns of its conversation.

    Decided by the question's form: what leads into it ("and ...", "what about ..."), whether it is a
    fragment or a bare question word, pronouns that nothing in it explains, and whether it names a subject
    of its own. Words are taken from the newest turn's question, and from its answer's speakers and
    headlines; the first way of the table that fits completes it.

    Args:
        turns: newest last; none for a first question.
        about: words that the user selected for the question to be about; then it always is.
    """
    alone = Completion(text, text)
    selected = " ".join((about or "").split())
    turns = [turn for turn in turns if not turn.question or not is_chat(turn.question)]
    complete = BRACKETED.search(text) and not selected  # says itself what it is about
    if (not turns and not selected) or complete or is_chat(text) or len(text) > _LONGEST_FOLLOW_UP:
        return alone
    case = _read_case(text, turns, context, selected)
    for way in _WAYS:
        if way.fits(case):
            completed, steps = way.complete(case), [way.name]
            if way.name == "person" and not _is_answerable(completed, case):
                named = replace(case, wording=replace(case.wording, text=completed))
                completed, steps = _add_topic(named), [way.name, "topic"]
            completed = _capitalise(" ".join(completed.split()), text)
            same = fold_words(completed) == fold_words(case.wording.text)
            return alone if same else Completion(completed, text, tuple(steps))
    return alone


def _read_case(text: str, turns: Sequence[Turn], context: Context, selected: str) -> _Case:
    rest, led, lexicon = split_lead(text)
    wording, dates, outlets = _read_words(rest, lexicon, led, context)
    points = led or wording.is_fragment() or wording.points_back()
    kept = [turn for turn in turns if points or turn.answered]
    sure = kept if points else [turn for turn in kept if turn.sure]
    kept = sure if sure or wording.count(Kind.SUBJECT) else kept
    known = tuple(_drop_outlets(turn, context) for turn in kept) or (Turn(""),)
    case = _Case(wording, dates, outlets, known, selected, context)
    if not (wording.is_fragment() and led and _has_owner(case)):
        return case
    wording, dates, outlets = _read_words(_name_person(case), lexicon, led, context)  # "and her lawyer?"
    return replace(case, wording=wording, dates=dates, outlets=outlets)


def _read_words(
    text: str, lexicon: Lexicon, led: bool, context: Context
) -> tuple[Wording, tuple[Span, ...], tuple[Span, ...]]:
    """Return the words of a question, and where it names dates and outlets."""
    names = parse_question(text, context.now, context.outlets, context.aliases or {}, context.newest).people
    dates, outlets = find_date_spans(text, context), find_outlet_spans(text, context)
    return read_wording(text, lexicon, led=led, names=names, hidden=(*dates, *outlets)), dates, outlets


def _drop_outlets(turn: Turn, context: Context) -> Turn:
    """Return a turn whose answer speaks of no outlet: a person's pronoun never stands for a newspaper."""

    def is_outlet(name: str) -> bool:
        return (0, len(name)) in find_outlet_spans(name, context)

    speakers = tuple(one for one in turn.speakers if not is_outlet(one.name))
    return replace(turn, speakers=speakers, mentioned=tuple(n for n in turn.mentioned if not is_outlet(n)))


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to complete a question: when it fits, and what it makes of it."""

    name: str
    fits: Callable[[_Case], bool]
    complete: Callable[[_Case], str]


def _is_replacement(case: _Case) -> bool:
    """A fragment that takes the place of something in the question before: a date, an outlet, a name."""
    wording = case.wording
    if not case.last.question or not wording.is_fragment() or len(wording.words) > _LONGEST_FRAGMENT:
        return False
    if wording.led:
        return any(word.kind is not Kind.PLAIN for word in wording.words)
    if not case.rest_of_fragment():
        return bool(case.dates or case.outlets)
    opened = wording.words[0].text in wording.lexicon.opens
    return (
        opened and wording.count(Kind.SUBJECT) == 0 and any(w.kind is not Kind.PLAIN for w in wording.words)
    )


def _has_owner(case: _Case) -> bool:
    return bool(_find_owner(case))


def _points_or_lacks(case: _Case) -> bool:
    """Whether it points back, or does not name its subject and asks or was led into."""
    wording = case.wording
    if wording.points_back():
        return True
    if wording.names_subject():
        return False
    asks = not wording.is_fragment() or wording.text.rstrip().endswith(("?", "？"))
    thin = not wording.count(Kind.SUBJECT)  # a lone noun without a mark is a search of its own
    return wording.led or asks or (thin and not wording.count(Kind.NAME))


def _replace_in_last(case: _Case) -> str:
    """Return the question before with the fragment's date, outlet and name in place of its own."""
    question = case.last.question
    fragment = case.wording.text
    for span in case.dates:
        question = put_date(question, fragment[slice(*span)], case.context)
    rest = case.rest_of_fragment()
    for span in case.outlets:
        named = fragment[slice(*span)]
        lead = named if rest or case.dates else fragment.rstrip(MARKS)
        question = put_outlet(question, named, lead, case.context)
    if rest and (topic := _find_told_topic(question)):
        return question[: topic.start] + _drop_preposition(rest, case.wording.lexicon) + question[topic.end :]
    return _replace_words(question, rest, case) if rest else question


def _replace_words(question: str, rest: str, case: _Case) -> str:
    """Return a question with a fragment in the place of its kind, else the fragment with the question behind.

    Whom the question named stays behind it where no other word tells any more which story is meant. "Her
    lawyer" of nobody known is put nowhere.
    """
    context, pasted = case.context, not case.wording.points_back()
    put = put_name(question, rest, case.wording, case.last, context) if pasted else None
    if put is None:
        return bracket_topic(rest, describe_topic(replace(case.last, question=question), context, wide=True))
    wording = _read_words(put, case.wording.lexicon, False, context)[0]
    told = wording.count(Kind.NAME) + wording.count(Kind.SUBJECT) or find_told(put)
    if told or BRACKETED.search(put):
        return put
    return bracket_topic(put, "; ".join(name for name in case.last.names if name not in put))


def _find_told_topic(question: str) -> Span | None:
    """Return where the topic of an overview stands that is told of ("the latest on ..."), no place."""
    topic = find_overview(question)
    start = question.rfind(topic)
    before = question[:start].split()[-1:]
    told = topic and before and before[0].lower() in choose_lexicon(question).topics
    return Span(start, start + len(topic)) if told else None


def _drop_preposition(words: str, lexicon: Lexicon) -> str:
    first, _, others = words.partition(" ")
    return others if others and first.lower() in lexicon.topics else words


def _swap_question_word(case: _Case) -> str:
    """Ask the question before with another question word: "When did it end?", "why?"."""
    question, lexicon = case.last.question, case.wording.lexicon
    words = question.split()
    asked = [word.text for word in case.wording.words]
    if lexicon.name == "english" and asked[-1] in _SWAPPED and len(words) > 2:
        bare = case.wording.text.strip(MARKS)
        if words[0].lower() in _SWAPPED and words[1].lower() in lexicon.auxiliaries:
            return f"{bare} {question[len(words[0]) :].strip()}"
        if words[0].lower() in lexicon.auxiliaries:
            return f"{bare} {words[0].lower()} {question[len(words[0]) :].strip()}"
    topic, own = _topic_of(case), quote_question(question)
    said = lexicon.stances.search(own) if lexicon.whys.search(fold_words(case.wording.text)) else None
    if said:  # "why?" after "who denied it?": why whoever did says so
        own = "; ".join(_name_said(said["what"], case))
        topic = topic if BRACKETED.search(question) else ""
    elif find_overview(question):
        own = topic
    if own in topic or not own:
        return bracket_topic(case.wording.text, topic)
    return bracket_topic(case.wording.text, f"{own}; {topic}" if topic and topic not in own else own)


def _name_said(what: str, case: _Case) -> list[str]:
    """Return who said something, where the answer tells, and what that was, if it is told in words."""
    speakers = [speaker.name for speaker in case.last.speakers[:1]]
    wording = read_wording(what, case.wording.lexicon, led=True, names=case.last.names, hidden=())
    told = any(word.kind is not Kind.PLAIN for word in wording.words)
    return [*speakers, what.strip()] if told else speakers


def _find_owner(case: _Case) -> tuple[Span, str] | None:
    """Return the first pronoun of a person that points back, and the name it stands for; English only."""
    wording = case.wording
    if wording.lexicon.name != "english" or case.selected:
        return None
    for span in wording.find_pointers():
        word = fold_words(wording.text)[slice(*span)]
        for pronoun, words in zip(
            _SHOWN_AS_SUBJECT, (wording.lexicon.masculine, wording.lexicon.feminine), strict=True
        ):
            if word in words and (name := find_person(case.turns, pronoun)):
                return span, name
    return None


def _name_person(case: _Case) -> str:
    """Put the name in the place of its pronoun."""
    owner = _find_owner(case)
    assert owner is not None, "fits() has found one"
    span, name = owner
    wording = case.wording
    word = wording.text[slice(*span)].lower()
    follower = next((one for one in wording.words if one.start > span.start), None)
    possessive = word == "his" or (word == "her" and follower is not None and follower.kind is not Kind.PLAIN)
    article, _, described = name.partition(" ")
    if span.start and described and article.lower() in wording.lexicon.articles:
        name = f"{article.lower()} {described}"  # "A fireman" began its sentence
    return wording.text[: span.start] + (f"{name}'s" if possessive else name) + wording.text[span.end :]


def _is_answerable(completed: str, case: _Case) -> bool:
    """Whether a question in which a name took a pronoun's place needs nothing more."""
    left = len(case.wording.find_pointers()) > 1
    asks_who = bool(case.wording.lexicon.defines.search(fold_words(case.wording.text)))
    return not left and (asks_who or bool(case.wording.count(Kind.SUBJECT) + case.wording.count(Kind.NAME)))


def _add_topic(case: _Case) -> str:
    return bracket_topic(case.wording.text, _topic_of(case))


def _topic_of(case: _Case) -> str:
    """Return what the conversation is about, without dates and outlets that the question gives anew."""
    if case.selected:
        return clip_topic(case.selected)
    return describe_topic(case.last, case.context, dated=bool(case.dates), placed=bool(case.outlets))


def _capitalise(completed: str, asked: str) -> str:
    first = completed[:1].upper() + completed[1:]
    return f"¿{first}" if asked.lstrip().startswith("¿") and not first.startswith("¿") else first


_WAYS = (
    _Way("selected", lambda case: bool(case.selected), _add_topic),
    _Way("replacement", _is_replacement, _replace_in_last),
    _Way("question word", lambda case: case.wording.is_bare() and bool(case.last.question)
         and not case.wording.points_back(), _swap_question_word),
    _Way("person", _has_owner, _name_person),
    _Way("topic", _points_or_lacks, _add_topic),
)  # fmt: skip
"""The ways to complete a question, in the order in which they are tried; one that none fits is left."""
