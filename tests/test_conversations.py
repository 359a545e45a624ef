"""Conversations as they are kept, and follow-ups in chats, groups and topics."""

from __future__ import annotations

import pytest

from bot.memory.conversations import MAX_TURNS, Conversations, Conversing
from bot.memory.state import State
from index.questions.turns import Speaker, Turn
from tests.stage import on_stage
from tests.telegram_checks import ANN, BEN, BOT, GROUP, make_message

ANN_HERE = Conversing(GROUP, None, ANN)
BEN_HERE = Conversing(GROUP, None, BEN)
ANN_IN_TOPIC = Conversing(GROUP, 7, ANN)


class Clock:
    """A clock that a test sets."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
async def state(tmp_path):
    """An open state."""
    opened = State(tmp_path, 30)
    await opened.open()
    yield opened
    await opened.close()


async def ask(kept, who, *questions):
    for number, question in enumerate(questions):
        await kept.remember(who, Turn(question), 100 * who.person + number)


async def recall(kept, who):
    return [turn.question for turn in await kept.recall(who)]


async def test_people_and_topics_do_not_mix(state):
    """Two people in one group, and one person in two topics, have a conversation each."""
    kept = Conversations(state)
    await ask(kept, ANN_HERE, "a")
    await ask(kept, BEN_HERE, "b")
    await ask(kept, ANN_IN_TOPIC, "c")
    assert [await recall(kept, who) for who in (ANN_HERE, BEN_HERE, ANN_IN_TOPIC)] == [["a"], ["b"], ["c"]]
    assert await recall(kept, Conversing(ANN, None, ANN)) == []


async def test_turns_are_bounded_and_newest_last(state):
    """Only the last turns of a conversation are kept, and of others none goes for it."""
    kept = Conversations(state)
    await ask(kept, BEN_HERE, "b")
    await ask(kept, ANN_IN_TOPIC, "c")
    await ask(kept, ANN_HERE, *map(str, range(MAX_TURNS + 2)))
    assert await recall(kept, ANN_HERE) == [str(number) for number in range(2, MAX_TURNS + 2)]
    assert await count_turns(state) == MAX_TURNS + 2


async def count_turns(state):
    """Return how many turns are stored, of whomever."""
    query = "select count(*) from turns"
    return await state.read(lambda database: database.execute(query).fetchone()[0])


async def test_a_turn_comes_back_whole(state):
    """Everything that a follow-up may take from a turn is kept, and none of its words is stored in plain."""
    kept = Conversations(state)
    speaker = Speaker("Ilse Brandt", "she")
    turn = Turn("Is the bridge lost?", ("Varn",), (speaker,), ("Ilse Brandt",), ("Varn: two versions",))
    await kept.remember(ANN_HERE, turn, 5)
    assert await kept.recall(ANN_HERE) == (turn,)
    (row,) = await state.read(lambda database: database.execute("select * from turns").fetchall())
    assert not any(word in str(row) for word in ("bridge", "Brandt", "Varn", str(GROUP)))


async def test_another_process_knows_the_conversation(state, tmp_path):
    """What one process remembers, another one over the same folder recalls."""
    other = State(tmp_path, 30)
    await other.open()
    await ask(Conversations(state), ANN_HERE, "a")
    assert await recall(Conversations(other), ANN_HERE) == ["a"]
    await other.close()


async def test_a_session_of_its_own_begins_without_turns(state):
    """Where a front end numbers its messages anew, what was before its start is not recalled."""
    clock = Clock()
    await ask(Conversations(state, clock=clock), ANN_HERE, "a")
    clock.now = 60
    kept = Conversations(state, since=clock.now, clock=clock)
    assert await recall(kept, ANN_HERE) == []
    assert await kept.find_answered(GROUP, 100 * ANN) is None


async def test_time_forgets_each_turn(state):
    """A turn lasts exactly as long as is set, and is not only hidden but gone."""
    clock = Clock()
    kept = Conversations(state, 30, clock=clock)
    await ask(kept, ANN_HERE, "first")
    clock.now = 20 * 60
    await ask(kept, ANN_HERE, "second")
    clock.now = 30 * 60 - 1
    assert await recall(kept, ANN_HERE) == ["first", "second"]
    clock.now = 30 * 60
    assert await recall(kept, ANN_HERE) == ["second"]
    assert await kept.find_answered(GROUP, 100 * ANN) == Turn("second")
    clock.now = 50 * 60
    assert await kept.purge() == 2
    assert await count_turns(state) == 0


async def test_no_minutes_keep_nothing(state):
    """With 0 minutes nothing is kept."""
    kept = Conversations(state, 0)
    await ask(kept, ANN_HERE, "a")
    assert await count_turns(state) == 0


async def test_an_answer_leads_to_its_turn_whoever_asked(state):
    """A message of the bot leads to the turn that it answered, in its own chat only."""
    kept = Conversations(state)
    await kept.remember(ANN_HERE, Turn("a"), 5)
    await kept.remember(BEN_HERE, Turn("b"), 6)
    await kept.remember(ANN_HERE, Turn("c"), 7)
    assert await kept.find_answered(GROUP, 5) == Turn("a")
    assert await kept.find_answered(GROUP, 6) == Turn("b")
    assert await kept.find_answered(GROUP, 8) is None
    assert await kept.find_answered(GROUP - 1, 5) is None


async def test_forgetting_a_person_and_a_chat(state):
    """All conversations of one person go, nobody else's; or all of a chat."""
    kept = Conversations(state)
    await ask(kept, ANN_HERE, "a", "b")
    await ask(kept, ANN_IN_TOPIC, "c")
    await ask(kept, BEN_HERE, "d")
    assert await kept.forget_person(ANN) == 3
    assert await kept.forget_person(ANN) == 0
    assert await recall(kept, BEN_HERE) == ["d"]
    assert await kept.find_answered(GROUP, 100 * ANN) is None
    assert await kept.forget_chat(GROUP) == 1
    assert await count_turns(state) == 0


FULL = "Who denied it? (is the bridge lost)"
"""What "And who denied it?" means after "Is the bridge lost?"."""


async def test_follow_up_is_completed_and_the_reply_says_so(tmp_path):
    """The answerer searches for the whole question, and the reply begins with what it was taken to mean."""
    async with on_stage(tmp_path) as stage:
        (first,) = await stage.write("Is the bridge lost?")
        (call,) = await stage.write("And who denied it?")
        assert stage.answerer.understood[-1] == FULL
    assert "Taken to mean" not in first.text
    assert call.text.startswith(f"Taken to mean: {FULL}\n")
    assert f"Taken to mean: {FULL}" in call.covered("italic")


async def test_follow_up_of_an_answer_begins_with_its_meaning(tmp_path):
    """With quotes too, the first line says what the question was taken to mean."""
    async with on_stage(tmp_path) as stage:
        stage.answerer.answers[FULL] = stage.answerer.answers["Is the bridge lost?"]
        await stage.write("Is the bridge lost?")
        (call,) = await stage.write("And who denied it?")
    assert call.text.startswith(f"Taken to mean: {FULL}\n⚖ Disputed")


async def test_new_subject_and_first_question_stay(tmp_path):
    """A first question, and one with a subject of its own, are searched for as they are written."""
    async with on_stage(tmp_path) as stage:
        for question in ("And who denied it?", "Is the bridge lost?", "Who won the regatta?"):
            await stage.write(question)
        assert stage.answerer.understood == [
            "And who denied it?",
            "Is the bridge lost?",
            "Who won the regatta?",
        ]


async def test_group_members_and_topics_keep_apart(tmp_path):
    """What Ann asked is nothing to Ben's "why?", nor to Ann's own in another topic."""
    topic = {"message_thread_id": 7, "is_topic_message": True}
    async with on_stage(tmp_path) as stage:
        await stage.write("/ask Is the bridge lost?", chat=GROUP)
        await stage.write("/ask why?", chat=GROUP, person=BEN)
        await stage.write("/ask why?", chat=GROUP, **topic)
        await stage.write("/ask why?", chat=GROUP)
        assert stage.answerer.understood[1:] == ["why?", "why?", "Why is the bridge lost?"]


async def test_reply_to_an_answer_takes_its_turn(tmp_path):
    """A reply asks about the answer that it replies to, whoever asked and whatever came since."""
    async with on_stage(tmp_path) as stage:
        (call,) = await stage.write("/ask Is the bridge lost?", chat=GROUP)
        answered = stage.request.describe(call, stage.request.next_message)
        await stage.write("/ask How long will repairs take?", chat=GROUP, person=BEN)
        await stage.write("And who denied it?", chat=GROUP, person=BEN, reply_to_message=answered)
        assert stage.answerer.understood[-1] == FULL


async def test_selected_words_are_what_a_question_is_about(tmp_path):
    """Words selected in an answer are the question's subject, whatever was asked before."""
    async with on_stage(tmp_path) as stage:
        (call,) = await stage.write("Is the bridge lost?")
        answered = stage.request.describe(call, stage.request.next_message)
        quote = {"text": "Repairs will take three months", "position": 0, "is_manual": True}
        await stage.write("who said this?", reply_to_message=answered, quote=quote)
        assert stage.answerer.understood[-1] == "Who said this? (Repairs will take three months)"


async def test_reply_to_a_forgotten_answer_asks_about_its_first_quote(tmp_path):
    """After a restart, or past its time, the answer's own words are enough."""
    clock = Clock()
    async with on_stage(tmp_path, clock=clock) as stage:
        (call,) = await stage.write("Is the bridge lost?")
        answered = stage.request.describe(call, stage.request.next_message)
        clock.now = 31 * 60.0
        await stage.write("who denied it?", reply_to_message=answered)
        await stage.write("who denied it?", person=BEN)
        first, second = stage.answerer.understood[-2:]
    assert first == "Who denied it? (“The bridge is lost,” a fireman told the Harbour Agency)"
    assert second == "who denied it?"


async def test_reply_to_a_person_asks_about_their_words(tmp_path):
    """In a group, "is this confirmed?" in reply to somebody's message is about that message."""
    async with on_stage(tmp_path) as stage:
        told = stage.compose("The ferry Alma ran aground", chat=GROUP, person=BEN)
        await stage.write("@onrecord_bot is this confirmed?", chat=GROUP, reply_to_message=told)
        assert stage.answerer.understood == ["Is this confirmed? (The ferry Alma ran aground)"]


async def test_reply_to_the_bots_other_words_is_no_subject(tmp_path):
    """A reply to a message of the bot without quotes follows up the person's own conversation."""
    async with on_stage(tmp_path) as stage:
        await stage.write("/ask Is the bridge lost?", chat=GROUP)
        other = make_message(GROUP, None, "What I can do", 999) | {"from": BOT}
        await stage.write("And who denied it?", chat=GROUP, reply_to_message=other)
        assert stage.answerer.understood[-1] == FULL


async def test_privacy_and_forgetting(tmp_path):
    """/privacy tells the minutes, and /forgetme ends the conversation; switched off, neither is said."""
    async with on_stage(tmp_path, follow_up_minutes=12) as stage:
        (privacy,) = await stage.write("/privacy")
        assert "for 12 minutes." in privacy.text
        await stage.write("Is the bridge lost?")
        done = await stage.forget()
        assert "1 question of our conversation" in done.text
        await stage.write("And who denied it?")
        assert stage.answerer.understood[-1] == "And who denied it?"
    async with on_stage(tmp_path, follow_up_minutes=0) as stage:
        (privacy,) = await stage.write("/privacy")
        assert "minutes" not in privacy.text
        await stage.write("Is the bridge lost?")
        await stage.write("why?")
        assert stage.answerer.understood[-1] == "why?"


@pytest.mark.parametrize("turns", [0, 1])
async def test_thanks_are_no_question_to_complete(tmp_path, turns):
    """Small talk is not searched for at all, nor does it become what the next question is about."""
    async with on_stage(tmp_path) as stage:
        await stage.write("Is the bridge lost?")
        for _ in range(turns):
            await stage.write("thank you!")
        await stage.write("And who denied it?")
        assert stage.answerer.understood[1:] == [FULL]
