"""Which questions are follow-ups, and what they are completed to; the invented cases stand in tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.answers import NoAnswer, Reason
from index.datatypes import Span
from index.questions.followups import complete_question
from index.questions.overviews import find_overview
from index.questions.question import parse_question
from index.questions.replacing import Context
from index.questions.turns import Speaker, Turn, make_turn, pronoun_of, turn_about
from tests.fakes import DISPUTED, NOTHING, PLAIN

CONTEXT = Context(
    now=datetime(2023, 6, 15, 12, 0, tzinfo=UTC),
    outlets=("The Anser Courier", "TASS", "The Evening Lantern", "Radio Haldren"),
    aliases={"The Anser Courier": ("The Courier",), "The Evening Lantern": ("The Lantern",)},
    newest=date(2023, 6, 14),
)
BRIDGE = Turn(
    "Was the bridge at Varn closed?",
    ("Varn",),
    (Speaker("Ilse Brandt", "The mayor", "she"), Speaker("a fireman", "", "he")),
    ("Ilse Brandt", "Harbour Agency"),
    ("Bridge at Varn closed after the storm",),
)
TROOPS = Turn(
    "Did Lorian troops leave Oskar Bay?",
    ("Lorian", "Oskar Bay"),
    (Speaker("Pavel Demin", "spokesman for the defence ministry", "he"),),
    ("Pavel Demin",),
    ("Lorian units reported to have left Oskar Bay",),
)
STRIKE = Turn(
    "What did Governor Lund say about the strike in March 2022?",
    ("Governor Lund",),
    (Speaker("Teodor Lund", "", ""),),
    ("Teodor Lund", "Mira Sand"),
    ("Dockers walk out",),
)
FIRE = Turn(
    "What caused the harbour fire according to the Courier?",
    (),
    (Speaker("engineers", "", "they"),),
    (),
    ("Fire at the harbour of Selm",),
)
NEWS = Turn("What happened?", (), (), (), ("Ferry Alma runs aground off Tarn",))
VOTE = Turn(
    "When did the council vote on the Halm tunnel?", ("Halm",), (Speaker("Ana Ruiz", "", ""),), (), ()
)
PUENTE = Turn("¿Cerró el alcalde el puente de Varn?", ("Varn",), (Speaker("Ilse Brandt"),), (), ())
MIST = Turn("Чи закрили міст у Варні?", ("Варні",), (), (), ())
MOST = Turn("Закрыли ли мост в Варне?", ("Варне",), (), (), ())


@dataclass(frozen=True)
class Case:
    """A question after a turn; `has` are words of its completion, None where it is to be left alone."""

    turn: Turn
    asked: str
    has: tuple[str, ...] | None
    lacks: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.asked


def left(turn, *questions):
    return [Case(turn, question, None) for question in questions]


DEVELOPED = [
    Case(BRIDGE, "And who denied it?", ("Who denied it?", "bridge at Varn closed")),
    Case(BRIDGE, "why?", ("Why was the bridge at Varn closed",)),
    Case(TROOPS, "what did he say next?", ("What did Pavel Demin say next", "Oskar Bay")),
    Case(BRIDGE, "what else did she say?", ("What else did Ilse Brandt say", "bridge")),
    Case(STRIKE, "and in January?", ("January 2022", "Lund", "strike"), ("March",)),
    Case(STRIKE, "and before 10 May?", ("before 10 May", "strike"), ("March",)),
    Case(BRIDGE, "in January?", ("bridge at Varn", "in January")),
    Case(FIRE, "what about the Lantern?", ("harbour fire", "according to the Lantern"), ("Courier",)),
    Case(BRIDGE, "what about the Courier?", ("bridge at Varn", "Courier")),
    Case(STRIKE, "and the mayor?", ("What did the mayor say about the strike",), ("Lund",)),
    Case(TROOPS, "And Kilmar?", ("Did Lorian troops leave", "Kilmar")),
    Case(BRIDGE, "And in Selm?", ("Was the bridge in Selm closed",), ("Varn",)),
    Case(BRIDGE, "how many?", ("How many?", "bridge at Varn")),
    Case(TROOPS, "when?", ("When did Lorian troops leave Oskar Bay",)),
    Case(TROOPS, "Since when?", ("Since when did Lorian troops leave",)),
    Case(BRIDGE, "who else?", ("Who else?", "bridge at Varn")),
    Case(BRIDGE, "any reaction?", ("Any reaction?", "bridge at Varn")),
    Case(TROOPS, "Is that confirmed?", ("Is that confirmed?", "troops leave Oskar Bay")),
    Case(BRIDGE, "What happened there?", ("happened there?", "Varn")),
    Case(BRIDGE, "Is it true?", ("Is it true?", "Varn")),
    Case(TROOPS, "How many people died?", ("How many people died?", "Oskar Bay")),
    Case(NEWS, "who denied it?", ("Who denied it?", "Ferry Alma")),
    Case(STRIKE, "Why did he resign?", ("Why did Teodor Lund resign",), ("strike",)),
    Case(STRIKE, "Why did he deny it?", ("Why did Teodor Lund deny it", "strike")),
    Case(VOTE, "Why?", ("Why did the council vote on the Halm tunnel",)),
    Case(BRIDGE, "Who is she?", ("Who is Ilse Brandt",), ("bridge",)),
    Case(PUENTE, "¿y quién lo negó?", ("¿Quién lo negó?", "puente de Varn")),
    Case(MIST, "а хто спростував?", ("Хто спростував?", "міст у Варні")),
    Case(MOST, "а кто опроверг?", ("Кто опроверг?", "мост в Варне")),
    Case(MOST, "почему?", ("Почему", "мост в Варне")),
    Case(FIRE, "What did TASS say?", ("What did TASS say?", "harbour fire"), ("Courier",)),
    *left(BRIDGE, "Is it true that the ferry sank?", "Who won the regatta?", "Who denied the withdrawal?"),
    *left(BRIDGE, "How many towns came under fire?", "What did Teodor Lund say about his budget?"),
    *left(
        TROOPS,
        "What is inflation?",
        "thank you!",
        "Did shares fall?",
        "Kilmar floods",
        "What's new on taxes?",
    ),
    *left(TROOPS, "And who won the election in Spain?", "Were there floods in Selm last week?"),
    *left(STRIKE, "When was the ferry built and who built it?", "How long will it take to mend the dam?"),
    *left(MOST, "Кто выиграл регату в Ялте?", "Правда ли, что паром затонул?"),
    *left(PUENTE, "¿Quién ganó la regata?"),
]

HELD_OUT = [
    Case(BRIDGE, "but who confirmed that?", ("Who confirmed that", "bridge at Varn")),
    Case(TROOPS, "Who says so?", ("Who says so", "Oskar Bay")),
    Case(TROOPS, "and why did they leave?", ("Why did they leave", "Oskar Bay")),
    Case(BRIDGE, "Where was he?", ("Where was a fireman",)),
    Case(BRIDGE, "what was her reason?", ("Ilse Brandt's reason", "bridge")),
    Case(STRIKE, "and in April 2023?", ("Lund", "strike", "April 2023"), ("2022",)),
    Case(STRIKE, "What about last week?", ("last week", "strike"), ("March",)),
    Case(BRIDGE, "on 3 June?", ("bridge at Varn", "3 June")),
    Case(FIRE, "and according to TASS?", ("harbour fire", "TASS"), ("Courier",)),
    Case(FIRE, "And Radio Haldren?", ("harbour fire", "Radio Haldren"), ("Courier",)),
    Case(STRIKE, "and Mira Sand?", ("Mira Sand", "strike"), ("Lund",)),
    Case(TROOPS, "how about the governor?", ("governor", "Oskar Bay")),
    Case(VOTE, "where?", ("Where did the council vote",)),
    Case(VOTE, "and who was against it?", ("against it", "Halm")),
    Case(TROOPS, "Were civilians hurt?", ("Were civilians hurt", "Oskar Bay")),
    Case(BRIDGE, "how much damage?", ("How much damage", "Varn")),
    Case(BRIDGE, "tell me more", ("Tell me more", "Varn")),
    Case(TROOPS, "any evidence for this?", ("Any evidence for this", "Oskar Bay")),
    Case(TROOPS, "what happened afterwards?", ("What happened afterwards", "Oskar Bay")),
    Case(FIRE, "has anyone been arrested?", ("arrested", "fire")),
    Case(NEWS, "Was anyone killed?", ("Was anyone killed", "Ferry Alma")),
    Case(TROOPS, "Did he comment on those reports?", ("Pavel Demin",)),
    Case(STRIKE, "When did he become governor of Anser?", ("Teodor Lund", "Anser")),
    Case(TROOPS, "then what?", ("What?", "Oskar Bay")),
    Case(TROOPS, "Who was it denied by?", ("denied by", "Oskar Bay")),
    Case(BRIDGE, "What did the police say?", ("police", "Varn")),
    Case(PUENTE, "¿por qué?", ("¿Por qué?", "puente de Varn")),
    Case(PUENTE, "¿Y en enero?", ("puente de Varn", "en enero")),
    Case(PUENTE, "¿Qué dijo después?", ("Qué dijo después", "Varn")),
    Case(MOST, "а что говорит мэр?", ("мэр", "мост в Варне")),
    Case(MOST, "Когда это подтвердили?", ("Когда это подтвердили", "мост")),
    Case(MIST, "Скільки загиблих?", ("Скільки загиблих", "Варні")),
    Case(MIST, "А коли?", ("Коли", "міст у Варні")),
    *left(BRIDGE, "Who is the president of Lorian?", "Did the council approve the budget?", "hello"),
    *left(BRIDGE, "ok great"),
    Case(STRIKE, "what about April?", ("Lund", "strike in April 2022"), ("March",)),
    *left(TROOPS, "What did Mira Sand say about the ferry?", "Is it possible that the dam will break?"),
    *left(TROOPS, "Why did teachers strike this week?", "How did the referendum end?", "Earthquake in Tarn"),
    *left(FIRE, "Did the minister say that she would resign over the Halm tunnel?"),
    *left(FIRE, "What did The Courier write about the Halm tunnel?", "Which parties lost seats on 4 May?"),
    *left(STRIKE, "Who discovered the wreck, and when did it sink?", "What is a referendum?"),
    *left(STRIKE, "Is bread getting dearer?"),
    *left(STRIKE, "Are there any pandas in Lorian?", "How many seats does the parliament of Lorian have?"),
    *left(MOST, "Сколько стоит проезд в метро?", "Что сказал Иван Петров о налогах?", "спасибо"),
    *left(MIST, "Хто виграв вибори в Лоріані?"),
    *left(PUENTE, "¿Cuántos votos obtuvo el partido liberal?"),
    *left(PUENTE, "¿Es cierto que subieron los precios del pan?"),
]
"""Written beside the others, before any rule was tried on them; the first trial got 53 of 56 right. One was a
misspelt expectation; what the other two showed was mended since, so that they guard and measure no more."""


BLAST = Turn(
    "How many homes lost power in Kestrel County after the blast?",
    ("Kestrel County",),
    (Speaker("Nadia Osei", "a spokeswoman for the grid operator", "she"),),
    ("Nadia Osei",),
    ("Blast at substation leaves Kestrel dark",),
)
BRIBES = Turn(
    "Is it true that Rhea Lindqvist took bribes from Norvik Steel?",
    ("Rhea Lindqvist", "Norvik Steel"),
    (Speaker("Rhea Lindqvist", "", "she"), Speaker("prosecutors", "", "they")),
    ("Rhea Lindqvist",),
    ("Ex-minister charged",),
)
CEASEFIRE = Turn(
    "Has the ceasefire in Dorra been broken?",
    ("Dorra",),
    (Speaker("General Amin Tal", "", "he"),),
    ("Amin Tal",),
    ("Shots fired in Dorra",),
)

SECOND_TRIAL = [
    Case(BLAST, "and how many were restored?", ("How many were restored", "power in Kestrel County")),
    Case(BLAST, "What does she say about the cause?", ("What does Nadia Osei say about the cause",)),
    Case(BLAST, "when will it be back?", ("When will it be back", "Kestrel County")),
    Case(BLAST, "who's to blame", ("Who's to blame", "Kestrel")),
    Case(BLAST, "and in Halm County?", ("How many homes lost power in Halm County",), ("Kestrel",)),
    Case(BLAST, "was it sabotage?", ("Was it sabotage", "Kestrel")),
    Case(BLAST, "hospitals too?", ("Hospitals too", "Kestrel")),
    Case(BLAST, "how long did that last?", ("last", "Kestrel")),
    Case(BRIBES, "What did she answer?", ("What did Rhea Lindqvist answer",)),
    Case(BRIBES, "how much money?", ("How much money", "bribes")),
    Case(BRIBES, "do the prosecutors have proof?", ("prosecutors have proof", "bribes")),
    Case(BRIBES, "and her husband?", ("husband",)),
    Case(BRIBES, "did the company deny it?", ("Did the company deny it", "bribes")),
    Case(BRIBES, "where is she now?", ("Rhea Lindqvist",)),
    Case(BRIBES, "What about Tom Aske?", ("Tom Aske", "bribes from Norvik Steel"), ("Lindqvist",)),
    Case(BRIBES, "And before 2020?", ("before 2020", "bribes")),
    Case(CEASEFIRE, "by whom?", ("By whom", "ceasefire in Dorra")),
    Case(CEASEFIRE, "Who fired first?", ("Who fired first", "Dorra")),
    Case(CEASEFIRE, "what did the general say", ("What did the general say", "Dorra")),
    Case(CEASEFIRE, "really? says who?", ("ays who", "Dorra")),
    Case(CEASEFIRE, "And yesterday?", ("ceasefire in Dorra", "yesterday")),
    Case(CEASEFIRE, "and what does the Lantern report?", ("Lantern", "ceasefire")),
    Case(CEASEFIRE, "Any casualties so far?", ("Any casualties so far", "Dorra")),
    Case(CEASEFIRE, "why was he there?", ("Why was General Amin Tal there",)),
    Case(CEASEFIRE, "sources?", ("Sources?", "Dorra")),
    *left(
        BLAST,
        "What did Rhea Lindqvist do in 2019?",
        "Which team won the cup final?",
        "Who painted the ceiling of the cathedral?",
    ),
    *left(
        BLAST,
        "Tell me about the fishing quota talks",
        "How did markets react to the rate cut?",
        "Why is cocoa so expensive?",
    ),
    *left(
        BRIBES,
        "When does the Halm tunnel open?",
        "Did the storm hit Tarn?",
        "bye",
        "What happened at the Selm harbour?",
    ),
    *left(
        BRIBES,
        "Who was elected mayor of Varn?",
        "Is the airport in Kilmar closed?",
        "are schools open tomorrow?",
    ),
    *left(
        CEASEFIRE,
        "What are stablecoins?",
        "Did Norvik Steel say it would close its mill?",
        "latest on the dockers' strike",
    ),
    *left(
        CEASEFIRE,
        "How many people live in Lorian?",
        "Why did the pilot say he had turned back?",
        "wildfire smoke forecast",
    ),
]
"""Written when the first two tables were all right. The first trial got 41 of 45 right; all but one of the
misses were mended since."""

MISSED = [Case(CEASEFIRE, "has the UN commented?", ("commented", "Dorra"))]
"""A name is taken for a subject, and a question that names one is never dragged back."""

SHOT = Turn(
    "Who shot Tobin Marr?",
    ("Tobin Marr",),
    (Speaker("the Conduct Bureau", "", "they"),),
    ("Tobin Marr", "Farrier Street"),
    ("Man shot at a depot",),
)
MOTHER = Turn(
    "What does Tobin Marr's mother say?",
    ("Tobin Marr",),
    (Speaker("Ruth Marr", "the dead man's mother", "she"),),
    ("Tobin Marr",),
)
EGGS = Turn(
    "Did the company deny that?", (), (Speaker("Bertil Nance", "director", "he"),), (), ("Mayonnaise",)
)
CHIEF = Turn("What did the mayor of Varn say about the gun?", ("Varn",), (Speaker("Ilse Brandt", "", "she"),))
DENIED = Turn(
    "Who denied that the dam was cracked?", (), (Speaker("Odile Marchand", "minister", "she"),), (), ("Dam",)
)
TOLD = Turn("What did TASS report on 19 May about Oskar Bay?", ("Oskar Bay",), (Speaker("Tom Rix"),))
JUDGE = Turn(
    "What did the judge say about the ballots?", (), (Speaker("Emeric Vass", "Judge"),), ("Ana Ruiz",)
)
DIJO = Turn("¿Qué dijo el alcalde de Varn sobre la huelga?", ("Varn",), (Speaker("Ilse Brandt"),))
SKAZAL = Turn("Что сказал мэр о забастовке?", (), (), ())
SKAZAV = Turn("Що сказав мер про страйк?", (), (), ())

PLACES = [
    Case(MOTHER, "and her lawyer?", ("What does Ruth Marr's lawyer say?",), ("Tobin",)),
    Case(MOTHER, "and the police?", ("What do the police say? (Tobin Marr)",), ("mother",)),
    Case(MOTHER, "what about the driver", ("What does the driver say? (Tobin Marr)",), ("mother",)),
    Case(SHOT, "and his mother?", ("Tobin Marr's mother? (who shot Tobin Marr)",)),
    Case(SHOT, "and the police?", ("The police? (who shot Tobin Marr)",)),
    Case(SHOT, "and her lawyer?", ("Her lawyer? (who shot Tobin Marr)",), ("Farrier", "Bureau's")),
    Case(EGGS, "what about the eggs", ("The eggs? (did the company deny that",), ("Did the eggs",)),
    Case(EGGS, "and the union?", ("Did the union deny that?",), ("company",)),
    Case(CHIEF, "and the bus driver?", ("What did the bus driver of Varn say about the gun?",), ("mayor",)),
    Case(CHIEF, "and the film?", ("What did the mayor of Varn say about the film?",), ("gun",)),
    Case(CHIEF, "and Tom Rix?", ("What did Tom Rix say about the gun?",), ("mayor", "Varn")),
    Case(DENIED, "why?", ("Why? (Odile Marchand; the dam was cracked)",), ("denied",)),
    Case(DENIED, "how", ("How? (who denied that the dam was cracked)",)),
    Case(DENIED, "and then?", ("Then? (who denied that the dam was cracked)",)),
    Case(
        Turn("How many fell ill according to the union?"),
        "and the minister?",
        ("How many fell ill according to the minister?",),
    ),
    Case(
        Turn("Did Lorian hold a recount?", ("Lorian",)),
        "does he accept that",
        ("Does he accept that? (did Lorian hold a recount)",),
    ),
    Case(
        Turn("What does the opposition leader say?", (), (Speaker("Odile Marchand"),)),
        "did he resign",
        ("Did the opposition leader resign",),
    ),
    Case(JUDGE, "what did the dead man's mother say", None),
    Case(JUDGE, "what did the minister’s lawyer say?", None),
    Case(
        Turn("What does the customs officer say?", (), (Speaker("A customs officer", "", "he"),)),
        "what did he count?",
        ("What did a customs officer count?",),
    ),
    Case(
        Turn("What did erik ten hag say about Tarn United?", ("Tarn United",), (Speaker("Erik ten Hag"),)),
        "and his captain?",
        ("What did Erik ten Hag's captain say about Tarn United?",),
    ),
    Case(
        Turn("Who was sick?", (), (Speaker("Orley"),), (), ("Mayonnaise",)),
        "and her father?",
        ("Her father? (who was sick",),
    ),
    Case(
        Turn(
            "What did the union boss say? (Jonna Pryce)",
            ("Jonna Pryce",),
            (Speaker("Dario Venn", "union boss"),),
            ("Jonna Pryce",),
        ),
        "did he deny it",
        ("Did Dario Venn deny it?",),
    ),
    Case(
        Turn("Who fired?", (), (Speaker("a person with knowledge of the inquiry", "", "he"),), (), ("Dam",)),
        "what does he say",
        ("What does he say? (who fired",),
    ),
    Case(TOLD, "what did the commander say", ("What did the commander say? (Oskar Bay)",), ("TASS", "May")),
    Case(JUDGE, "did he dismiss it?", ("Did Emeric Vass dismiss it?", "ballots")),
    Case(DIJO, "¿y la policía?", ("¿Qué dijo la policía de Varn sobre la huelga?",), ("alcalde",)),
    Case(DIJO, "¿y los salarios?", ("¿Qué dijo el alcalde de Varn sobre los salarios?",), ("huelga",)),
    Case(SKAZAL, "а губернатор?", ("Что сказал губернатор о забастовке?",), ("мэр",)),
    Case(SKAZAV, "а поліція?", ("Що сказав поліція про страйк?",), ("мер",)),
    Case(replace(BRIDGE, sure=False), "What weapons did the troops use?", None),
    Case(replace(BRIDGE, sure=False), "And what weapons did the troops use?", ("bridge at Varn",)),
]
"""What a fragment takes the place of: a person that of a person, a thing that of a thing, or nothing."""


ALL = [*DEVELOPED, *HELD_OUT, *SECOND_TRIAL, *PLACES]


def complete(asked, *turns, about=None):
    return complete_question(asked, turns, CONTEXT, about=about)


@pytest.mark.parametrize("case", ALL, ids=str)
def test_cases(case):
    """A follow-up is completed from the turn before it, and a new subject is left as it is."""
    completion = complete(case.asked, case.turn)
    if case.has is None:
        assert (completion.text, completion.ways) == (case.asked, ())
        return
    assert completion.ways
    assert all(words in completion.text for words in case.has), completion.text
    assert not any(words in completion.text for words in case.lacks), completion.text


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize("case", MISSED, ids=str)
def test_known_misses(case):
    """What the rules get wrong, so that it is known when they no longer do."""
    test_cases(case)


@pytest.mark.parametrize("case", DEVELOPED, ids=str)
def test_a_first_question_stays(case):
    """Without turns nothing is completed."""
    assert complete(case.asked).text == case.asked


@pytest.mark.parametrize("case", ALL, ids=str)
def test_words_are_never_invented(case):
    """Every word of a completed question was said; only an auxiliary takes the number of its subject."""
    turn = case.turn
    names = " ".join(speaker.name for speaker in turn.speakers)
    agreed = "do" if "does" in turn.question else ""
    said = " ".join((case.asked, turn.question, names, *turn.mentioned, *turn.headlines, agreed))
    assert split(complete(case.asked, turn).text) <= split(said)


def split(text):
    return {word.removesuffix("'s") for word in re.findall(r"[\w'’]+", text.lower())}


def test_a_chain_keeps_its_subject_and_does_not_grow():
    """Follow-up on follow-up, the subject is that of the first question, once."""
    first = TROOPS
    second = Turn(complete("And who denied it?", first).text, (), first.speakers)
    third = complete("why?", first, second)
    assert third.text == "Why? (Pavel Demin; did Lorian troops leave Oskar Bay)"
    fourth = complete("and when?", first, second, Turn(third.text))
    assert fourth.text == "When? (why; Pavel Demin; did Lorian troops leave Oskar Bay)"
    assert complete("What did he say next?", first, second).text == (
        "What did Pavel Demin say next? (did Lorian troops leave Oskar Bay)"
    )


def test_an_overview_is_followed_up_as_it_was_asked():
    """Another day or place takes the place of its own, its topic is the subject, and it can be asked anew."""
    asked = "What happened in Varn in May?"
    turn = make_turn(
        NoAnswer(parse_question(asked, CONTEXT.now, (), {}, CONTEXT.newest), Reason.NOTHING_ON_THIS)
    )
    assert complete("and in June?", turn).text == "What happened in Varn in June?"
    assert complete("and in Tarn?", turn).text == "What happened in Tarn in May?"
    assert complete("who denied it?", turn).text == "Who denied it? (Varn in May)"
    anew = complete("any updates?", turn).text
    assert anew == "Any updates? (Varn in May)"
    assert find_overview(anew) == "Varn in May"
    assert complete("why?", turn, Turn(anew)).text == "Why? (Varn in May)"


@pytest.mark.parametrize("asked", ["and on the spill?", "what about the spill?", "and about the spill?"])
def test_another_topic_takes_the_place_of_the_one_that_was_told_of(asked):
    """The latest on one thing, and then on another."""
    assert (
        complete(asked, Turn("What's the latest on the recount?")).text == "What's the latest on the spill?"
    )


def test_an_outlet_is_no_person():
    """A pronoun of a person never stands for a newspaper that an answer quotes."""
    outlet = "The Evening Lantern"
    turn = Turn("Who was arrested?", (), (Speaker(outlet), Speaker("a clerk", "", "she")), (outlet,))
    assert (
        complete("what did she say?", replace(turn, speakers=())).text
        == "What did she say? (who was arrested)"
    )
    assert complete("what did she say?", turn).text == "What did a clerk say? (who was arrested)"


def test_a_date_takes_the_place_of_a_whole_range():
    """With the word that opens the range."""
    turn = Turn("What did Lund say between May 6 and 9?", ("Lund",))
    assert complete("and in June?", turn).text == "What did Lund say in June?"


def test_selected_words_are_the_subject():
    """Words that the user selected are added even to a question that could stand alone, and even first."""
    completion = complete("Who said this?", BRIDGE, about="an  “information attack”")
    assert completion.text == "Who said this? (an “information attack”)"
    assert complete("Did shares fall?", about="the dam").text == "Did shares fall? (the dam)"


def test_a_turn_of_words_alone_is_a_subject():
    """A message that is replied to is what a follow-up is about; a new subject is not."""
    told = turn_about("The ferry Alma ran aground off Tarn")
    assert complete("is this true?", told).text == "Is this true? (The ferry Alma ran aground off Tarn)"
    assert complete("Who won the regatta?", told).text == "Who won the regatta?"


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Did Tobin Marr have a gun?", "did Tobin Marr have a gun"),
        ("What did the PM say?", "what did the PM say"),
        ("And which settlements did Lorian capture?", "which settlements did Lorian capture"),
        ("Who says that the dam is safe?", "the dam is safe"),
        ("What happened in Varn?", "Varn"),
        ("¿Cerró el puente?", "Cerró el puente"),
    ],
)
def test_a_topic_reads_as_it_was_said(question, topic):
    """A question is shown in its own words, never as what is left of it without its verb."""
    assert complete("who denied it?", Turn(question)).text == f"Who denied it? ({topic})"


def test_a_pronoun_that_was_shown_counts_in_every_turn():
    """Who was "he" in any answer is not meant by "she", though a newer answer does not tell."""
    shown = Turn("Was he there?", (), (Speaker("Luka Ferrin", "", "he"),))
    newer = Turn("Who was dismissed?", (), (Speaker("Ferrin"), Speaker("Odele Marsh")))
    assert complete("did she resign", shown, newer).text == "Did Odele Marsh resign"
    assert (
        "Ferrin" not in complete("did she resign", shown, replace(newer, speakers=(Speaker("Ferrin"),))).text
    )


def test_first_names_tell_pronouns():
    """A full name that begins with a known first name, and no street or body of that name."""
    names = ("Rupert Vane", "Odile Marchand", "Florence Street", "Marchand", "Sefa Onn")
    assert [pronoun_of(name) for name in names] == ["he", "she", "they", "", ""]


def test_pronouns_go_to_who_fits():
    """She is not the fireman and he is not the mayor; who is spoken of in a question comes first."""
    assert complete("Why did he resign?", BRIDGE).text == "Why did a fireman resign?"
    assert complete("Why did she resign?", BRIDGE).text == "Why did Ilse Brandt resign?"
    about = Turn("What is known about Oda Fjell?", ("Oda Fjell",), (Speaker("Tom Rix"),))
    assert complete("Why did she resign?", about).text == "Why did Oda Fjell resign?"
    assert (
        complete("Why did she resign?", about, Turn("Did shares fall?")).text == "Why did Oda Fjell resign?"
    )


def test_turns_are_made_of_what_was_answered():
    """A turn holds the question, who was quoted with the pronoun where it is told, and the headlines."""
    turn = make_turn(DISPUTED)
    assert turn.question == "Is the bridge lost?"
    assert turn.speakers == (Speaker("a fireman", "", "he"), Speaker("Ilse Brandt", "The mayor", "she"))
    assert turn.mentioned == ("Harbour Agency", "Ilse Brandt")
    assert turn.headlines == ("Bridge at Varn closed after the storm", "Varn: two versions")
    assert make_turn(PLAIN).speakers == ()
    assert make_turn(NOTHING) == Turn("anything else", answered=False, sure=False)


def test_a_subject_that_no_report_knew_is_left():
    """A question without a subject goes on with what was answered; one that points back, with the last."""
    unknown = Turn("What was the reaction of Sefa Onn?", ("Sefa Onn",), answered=False)
    assert "Oskar Bay" in complete("How many people died?", TROOPS, unknown).text
    assert complete("How many people died?", unknown).text == "How many people died?"
    assert "Sefa Onn" in complete("and who denied it?", TROOPS, unknown).text
    doubtful = replace(unknown, answered=True, sure=False)
    assert "Oskar Bay" in complete("How many people died?", TROOPS, doubtful).text
    assert "Sefa Onn" in complete("How many people died?", doubtful).text


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=120), st.text(max_size=120), st.text(max_size=40))
def test_any_text_can_be_completed(asked, before, about):
    """Nothing that a user can send is refused, and a completion always keeps what was asked."""
    turn = Turn(before, tuple(before.split()[:2]), (Speaker(about),), (), (about,))
    completion = complete_question(asked, [turn], CONTEXT, about=about or None)
    assert completion.asked == asked
    assert completion.text == asked or completion.ways


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "and",
                "who",
                "what",
                "why",
                "did",
                "he",
                "it",
                "the",
                "mayor",
                "that",
                "in",
                "January",
                "Kilmar",
                "?",
                "(x)",
                "TASS",
            ]
        )
    )
)
def test_any_mix_of_such_words_can_be_completed(words):
    """The words that the rules look for, in any order, lead to a question and never to an error."""
    for turn in (BRIDGE, STRIKE, FIRE):
        assert complete(" ".join(words), turn).asked == " ".join(words)


def test_he_is_whoever_answered_who():
    """Before whoever is quoted on it: "Who died?", "How old was he?"."""
    died = Turn(
        "Who died at the lock?", (), (Speaker("Lionel Harpe", "minister", "he"),), ("Edvin Raske",), ("Lock",)
    )
    asked = "How old was he?"
    assert "Lionel Harpe" in complete_question(asked, [died], CONTEXT).text
    told = replace(died, told=("Edvin Raske",))
    assert "Edvin Raske" in complete_question(asked, [told], CONTEXT).text


def test_a_turn_keeps_the_name_that_answers_who():
    """The full name in bold in the first quote; of other questions none."""
    quote = PLAIN.quotes[0]
    text = "A deckhand, Edvin Raske, died."
    first = replace(quote, text=text, start=0, end=len(text), highlights=(Span(12, 23),))
    answer = replace(PLAIN, quotes=(first,))
    who = replace(answer, question=replace(answer.question, text="Who died?"))
    assert make_turn(who).told == ("Edvin Raske",)
    when = replace(answer, question=replace(answer.question, text="When did he die?"))
    assert make_turn(when).told == ()
