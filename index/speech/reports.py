"""Reports of speech in a parsed paragraph: for each cue, who speaks and which words are what was said.

`speech.narration` makes the trees that are read here; `speech.attribution` turns reports into statements.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from index.datatypes import Label
from index.speech.cues import Cue, CueTable
from index.speech.mentions import trim_mention
from index.speech.narration import Narration
from index.speech.speakers import DAYS, find_subject, is_main_verb, may_be_cited

_MODALS = frozenset(
    {"would", "could", "should", "might", "may", "can", "will", "'ll", "’ll", "'d", "’d", "must"}
)
_TIMES = DAYS | {
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december", "day", "week", "month", "year", "morning", "afternoon", "evening", "night",
    "weekend", "noon",
}  # fmt: skip
_ENDS = frozenset({".", "!", "?"})
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
_COMMAS = (",", "-", "--", "–", "—")
_WITHIN_NAMES = frozenset({"compound", "nmod", "amod", "poss", "pobj"})


@dataclass(frozen=True, slots=True)
class SpeechReport:
    """One cue with what it governs, by positions of words in the narration.

    Attributes:
        pattern: the construction that was recognised; confidence is looked up by it.
        verb: the position of the cue's head.
        cue: the words of the cue, in order.
        speaker: the words of the mention, in order; empty where nobody is named.
        content: the words of what was said, in order; may be empty until a quotation is assigned.
        frames: what the cue takes, as in the table of cues.
        form: "finite", "participle", "infinitive", "passive", "modal" or "question" ("Did the mayor say …?"),
            by the verb's tag and auxiliaries.
        mention: "named", "nominal", "pronoun", "relative" ("who"), "thing" ("it", "that") or "none".
    """

    pattern: str
    verb: int
    cue: tuple[int, ...]
    speaker: tuple[int, ...]
    content: tuple[int, ...]
    label: Label
    frames: frozenset[str]
    form: str = "finite"
    mention: str = "none"


def find_reports(narration: Narration, cues: CueTable) -> list[SpeechReport]:
    """Return the reports of a paragraph in the order of their cues."""
    found = []
    for word, lower in enumerate(narration.lower):
        if narration.is_folded(word):
            continue
        cue = cues.find_verb(lower)
        if cue is not None and narration.is_verb(word):
            found.append(_read_verb(narration, word, cue, cues))
        elif lower in ("according", "per"):
            report = _read_according(narration, word)
            if report is not None:
                found.append(report)
    mended = [_mend_speaker(narration, report) for report in found]
    return [sort_report(narration, report) for report in mended]


def read_any_verb(narration: Narration, verb: int, content: tuple[int, ...], pattern: str) -> SpeechReport:
    """Return a report whose cue is a verb that the table does not list, for a quotation that it governs."""
    subject = find_subject(narration, verb)
    speaker = trim_mention(narration, subject) if subject is not None else []
    report = SpeechReport(
        pattern, verb, (verb,), tuple(word for word in speaker if word not in content), content, Label.STATED,
        frozenset({"quote"}),
    )  # fmt: skip
    return sort_report(narration, report)


def sort_report(narration: Narration, report: SpeechReport) -> SpeechReport:
    """Return the report with its form and its kind of mention filled in."""
    return replace(
        report, form=_read_form(narration, report), mention=sort_mention(narration, report.speaker)
    )


def _read_form(narration: Narration, report: SpeechReport) -> str:
    children = narration.children[report.verb]
    if _asks(narration, report.verb):
        return "question"
    if any(narration.relations[child] in ("auxpass", "nsubjpass") for child in children):
        return "passive"
    auxiliaries = {
        narration.lower[child]
        for child in children
        if narration.relations[child] == "aux" and child not in report.speaker  # "Will said"
    }
    tag = narration.tags[report.verb]
    if "to" in auxiliaries:
        return "infinitive"
    if auxiliaries & _MODALS:
        return "modal"
    if tag == "VBG" and not auxiliaries:
        return "participle"
    if tag == "VBN" and not auxiliaries:
        quoted = report.verb and narration.quotation[report.verb - 1] >= 0  # "“…,” countered Roe"
        inverted = quoted and report.speaker[:1] == (report.verb + 1,)
        does = any(narration.relations[child] == "nsubj" and child < report.verb for child in children)
        return "finite" if inverted or does or is_main_verb(narration, report.verb) else "passive"
    return "finite"


def _asks(narration: Narration, verb: int) -> bool:
    """Whether a sentence asks if its verb is so: "Did the mayor say …?"."""
    order = [narration.relations[child] for child in narration.children[verb] if child < verb]
    subject = next((place for place, relation in enumerate(order) if relation.startswith("nsubj")), 0)
    if not subject or not any(relation.startswith("aux") for relation in order[:subject]):
        return False
    ends = (
        narration.words[word]
        for word in range(verb, len(narration.words))
        if narration.quotation[word] < 0 and narration.words[word] in _ENDS
    )
    return next(ends, "") == "?"


def sort_mention(narration: Narration, words: tuple[int, ...]) -> str:
    """Return the kind of a mention: "named", "nominal", "pronoun", "relative", "thing" or "none"."""
    if not words:
        return "none"
    if any(narration.tags[word].startswith("NNP") for word in words):
        return "named"
    if len(words) == 1:
        lower = narration.lower[words[0]]
        if lower in ("it", "that", "which", "this", "what", "these", "those", "there"):
            return "thing"
        if lower in ("who", "whom"):
            return "relative"
        if narration.tags[words[0]].startswith("PRP"):
            return "pronoun"
    return "nominal"


def _read_verb(narration: Narration, verb: int, cue: Cue, cues: CueTable) -> SpeechReport:
    words, label = _gather_cue(narration, verb, cue, cues)
    content, pattern = _find_content(narration, verb, cue, cues)
    subject = find_subject(narration, verb)
    speaker: tuple[int, ...] = ()
    if subject is not None and subject not in content and not _opens_asked(narration, verb, cue):
        named = trim_mention(narration, subject)
        if verb in named:  # "tweeted mayor Jane Roe", read as one phrase
            named = named[named.index(verb) + 1 :]
        speaker = tuple(word for word in named if word not in content)
    return SpeechReport(pattern, verb, words, speaker, tuple(sorted(content)), label, cue.frames)


def _opens_asked(narration: Narration, verb: int, cue: Cue) -> bool:
    """Whether a sentence begins with "Asked whether ...": whoever it goes on with was asked."""
    first = narration.words[verb][0].isupper()
    return first and "ask" in cue.frames and narration.tags[verb] in ("VBN", "VBD")


def _gather_cue(narration: Narration, verb: int, cue: Cue, cues: CueTable) -> tuple[tuple[int, ...], Label]:
    """Return the cue's words (auxiliaries, negation, adverbs, particle beside the verb) and its label."""
    label = cue.label
    words = {verb}
    for child in narration.children[verb]:
        relation = narration.relations[child]
        if relation in ("aux", "auxpass", "neg", "prt") or (relation == "advmod" and child < verb):
            words.add(child)
            if label is Label.STATED:
                label = cues.adverbs.get(narration.lower[child], label)
            if relation == "neg":
                label = Label.STATED
    if narration.lower[verb - 1 : verb] and narration.lower[verb - 1] in ("or", "nor"):
        label = Label.STATED  # "would neither confirm nor deny it" does neither
    first = last = verb
    while first - 1 in words:
        first -= 1
    while last + 1 in words:
        last += 1
    return tuple(range(first, last + 1)), label


def _find_content(narration: Narration, verb: int, cue: Cue, cues: CueTable) -> tuple[set[int], str]:
    """Return the words that the cue reports, and the name of the construction."""
    children = narration.children[verb]
    clauses = [child for child in children if narration.relations[child] == "ccomp"]
    folded = [child for child in clauses if any(map(narration.is_folded, narration.subtree(child)))]
    if folded:
        clauses = [child for child in clauses if child in folded or _has_subject(narration, child)]
    elif not cue.frames & {"say", "tell", "ask", "urge", "clause"}:
        clauses = []
    if cue.verb in cues.perceived and not _inquires(narration, verb, cues):
        clauses = [child for child in clauses if child in folded or _tells(narration, verb, child)]
    content = {word for child in clauses for word in narration.subtree(child)}
    if content:
        return content, "clause-before" if clauses[0] < verb else "clause"
    head, relation = narration.heads[verb], narration.relations[verb]
    if cue.frames & {"say", "tell", "ask", "quote"}:
        comma = any(mark in _COMMAS for mark in narration.words[min(head, verb) : max(head, verb)])
        if head != verb and (relation == "parataxis" or (relation == "ccomp" and comma and head < verb)):
            content = set(narration.subtree(head)) - set(narration.subtree(verb))
            if cue.frames & {"say", "tell", "ask"} or any(map(narration.is_folded, content)):
                return content, "parenthesis"
    puts = cue.verb == "put" and narration.lower[verb + 1 : verb + 2] == ("it",)
    marks = {narration.lower[child] for child in children if narration.relations[child] == "mark"}
    if relation == "advcl" and "as" in marks and (puts or cue.frames & {"say", "ask"}):
        return set(narration.subtree(head)) - set(narration.subtree(verb)), "as-put" if puts else "as"
    for frames, relations, pattern in (
        ({"urge", "ask"}, ("xcomp",), "request"),
        ({"call"}, ("dobj", "oprd", "attr", "prep", "ccomp", "xcomp", "acomp"), "naming"),
        ({"object"}, ("dobj", "prep", "xcomp"), "object"),
        ({"matter", "ask"}, ("dobj", "prep", "intj", "oprd"), "matter"),
        ({"act", "say", "urge", "tell"}, ("dobj", "prep", "intj", "oprd"), "act"),
    ):
        if cue.frames & frames:
            parts = [
                child
                for child in children
                if child > verb
                and narration.relations[child] in relations
                and not _tells_time(narration, child)
                and narration.lower[child] != "according"
            ]
            if parts and pattern == "naming":  # "the dam was described by inspectors as “unsafe”"
                parts += [child for child in children if narration.relations[child] == "nsubjpass"]
            if parts:
                return {word for child in parts for word in narration.subtree(child)}, pattern
    return set(), "none"


def _tells_time(narration: Narration, word: int) -> bool:
    """Whether a phrase says when: "on Monday", "in May", "on the same evening"."""
    if narration.relations[word] == "prep" and narration.lower[word] in ("on", "in", "at", "during"):
        nouns = [child for child in narration.children[word] if narration.relations[child] == "pobj"]
        return any(narration.lower[noun] in _TIMES for noun in nouns)
    return narration.relations[word] in ("dobj", "oprd") and narration.lower[word] in DAYS


def _tells(narration: Narration, verb: int, clause: int) -> bool:
    """Whether a clause tells that something is so: not "found them dead", "finds Roe wide open".

    What somebody finds hard or hypocritical, in the present tense, is an opinion.
    """
    inside = (clause, *narration.children[clause])
    if any(narration.tags[word] in _FINITE for word in inside):
        return True
    named = any(
        narration.tags[word].startswith("NNP") or narration.lower[word].endswith("self") for word in inside
    )
    return narration.tags[verb] == "VBZ" and narration.tags[clause] == "JJ" and not named


def _inquires(narration: Narration, verb: int, cues: CueTable) -> bool:
    """Whether a court, a study or a poll finds, so that all it finds is a finding."""
    subject = find_subject(narration, verb)
    return subject is not None and narration.lower[subject] in cues.inquirers


def _has_subject(narration: Narration, verb: int) -> bool:
    return any(
        narration.relations[child].startswith(("nsubj", "csubj", "expl"))
        for child in narration.children[verb]
    )


def _read_according(narration: Narration, word: int) -> SpeechReport | None:
    """Read "according to X", or "per X" of a name: X speaks, and what X said is the clause around it."""
    own = [word] if narration.lower[word] == "per" else narration.children[word]
    to = next((each for each in own if narration.lower[each] in ("per", "to")), None)
    if to is None:
        return None
    noun = next((child for child in narration.children[to] if narration.relations[child] == "pobj"), None)
    if noun is None or (to == word and not may_be_cited(narration, word, noun)):
        return None
    said = set(narration.subtree(word))
    head = narration.heads[word]
    while not narration.is_verb(head) and narration.heads[head] != head:
        head = narration.heads[head]
    content = tuple(each for each in narration.subtree(head) if each not in said)
    speaker = tuple(trim_mention(narration, noun))
    return SpeechReport(
        "according", word, tuple(sorted({word, to})), speaker, content, Label.STATED, frozenset({"say"})
    )


def _mend_speaker(narration: Narration, report: SpeechReport) -> SpeechReport:
    """Give back a subject that the parser hung on the clause behind the cue: "One guest, who …, said …"."""
    folded = [word for word in report.content if narration.is_folded(word)]
    if report.speaker or report.pattern != "clause-before" or not folded:
        return report
    for word in report.content:
        loose = word > folded[0] and narration.quotation[word] < 0 and narration.is_noun(word)
        if loose and narration.relations[word] not in _WITHIN_NAMES:
            speaker = tuple(each for each in trim_mention(narration, word) if each != report.verb)
            return replace(report, speaker=speaker, content=tuple(folded))
    return report
