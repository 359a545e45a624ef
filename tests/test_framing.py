"""Greetings, requests, thanks and remarks about the asker are taken off a question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.questions.framing import is_all_frame, mark_question, unframe_question


@pytest.mark.parametrize(
    ("message", "question"),
    [
        ("Hi! could you please tell me who broke the gate?", "who broke the gate?"),
        ("hi bot who broke the gate", "who broke the gate"),
        ("hi\nwho broke it?", "who broke it?"),
        ("do you know who Ilse Brandt is?", "who Ilse Brandt is?"),
        ("Can you tell me the name of the captain?", "the name of the captain?"),
        ("May I ask by how many votes she won?", "by how many votes she won?"),
        ("Sorry, I don't remember how many people were hurt", "how many people were hurt"),
        ("I’m just curious, when was it?", "when was it?"),
        ("Quick question: what did the mayor say?", "what did the mayor say?"),
        ("According to the reports, who was hurt?", "who was hurt?"),
        ("btw turnout in Varn?", "turnout in Varn?"),
        ("Right, but who denied it?", "but who denied it?"),
        ("Thanks! And who denied it?", "And who denied it?"),
        ("Who broke it? Thanks in advance!", "Who broke it?"),
        ("How many were hurt pls?!", "How many were hurt?"),
        ("who broke it pls", "who broke it"),
        ("And who said that exactly?", "And who said that?"),
        ("The gate was inspected, right?", "The gate was inspected?"),
        ("Dear Bot! Please tell me, when was it? Thank you very much.", "when was it?"),
        ("👋 hey! how many ballots were lost?? 🙏🙏", "how many ballots were lost??"),
        ("Okay. What did the mayor say? And the police?", "What did the mayor say? And the police?"),
        ("Hola, ¿me puedes decir quién negó la retirada? Gracias", "quién negó la retirada?"),
        ("привет, подскажите пожалуйста, кто взорвал мост?", "кто взорвал мост?"),
        ("Чи знаєте ви, хто заперечив?", "хто заперечив?"),
    ],
)
def test_what_frames_a_question_is_taken_off(message, question):
    """In the four languages of the bot, before and behind the question."""
    assert unframe_question(message) == question


@pytest.mark.parametrize(
    "message",
    [
        "Who broke the gate?",
        "Hello Kitty sales?",
        "So Young Kim said what?",
        "Who is right?",
        "Who said “thanks for nothing”?",
        "Did he say sorry?",
        "What happened in St. Louis",
        "Did Mr. Brandt of the U.S. Senate resign?",
        "Can anyone confirm the withdrawal?",
        "Do you know Ilse Brandt?",
        "What do you know about the leak?",
        "Give me the latest on the recount",
        "tell me more",
        "Thanks!",
        "ok",
        "hi",
        "🙏",
        "",
    ],
)
def test_other_words_are_left(message):
    """What only looks like a frame stays, and so does a message that is nothing but one."""
    assert unframe_question(message) == message


@pytest.mark.parametrize(
    ("message", "question"),
    [
        ("I have been away and missed it all. Who won the vote in Varn?", "Who won the vote in Varn?"),
        ("My dog is ill, sorry. Who won the vote in Varn?", "Who won the vote in Varn?"),
        ("I read that the lock broke. Who is responsible?", "Who is responsible? (the lock broke)"),
        ("I live near the lock. Is it open?", "Is it open? (I live near the lock)"),
        ("A friend told me that the clerk was held. Is that true?", "Is that true? (the clerk was held)"),
        ("The gate broke. Who says the tug hit the gate?", "The gate broke. Who says the tug hit the gate?"),
        ("I think it was Ilse Brandt. Who won in Varn?", "I think it was Ilse Brandt. Who won in Varn?"),
    ],
)
def test_sentences_about_the_asker_are_left_out(message, question):
    """Before a question that needs nothing of them; else they are what it is about."""
    assert unframe_question(message) == question


@given(
    st.text(max_size=300)
    | st.lists(st.sampled_from(["hi", "please", "who", "why", ".", "?", "thanks", "I", "Varn"])).map(" ".join)
)
def test_any_text_keeps_words_of_its_own(message):
    """Nothing is made up, and something is left of every message that holds anything."""
    bare = unframe_question(message)
    assert bool(bare) == bool(message)
    assert {*bare.replace("(", " ").split()} - {"?"} <= {*message.split()} or all(
        word.strip("()?") in message for word in bare.split()
    )


def test_a_pasted_text_is_left():
    """A message that is far longer than a question is not looked through."""
    message = "Hi, who broke the gate? " * 100
    assert unframe_question(message) == message


def test_a_question_gets_the_mark_that_people_leave_out():
    """Where it begins as one and ends without any mark."""
    assert mark_question("who broke the gate") == "who broke the gate?"
    assert mark_question("кто открыл ворота ") == "кто открыл ворота?"
    for message in ("who broke it?", "who broke it…", "the gate", "Kestrel Lock", "", " "):
        assert mark_question(message) == message


@pytest.mark.parametrize(
    ("message", "empty"),
    [("Many thanks!", True), ("🙏", True), ("", True), ("Thanks, who won?", False), ("the gate", False)],
)
def test_a_message_may_be_nothing_but_a_frame(message, empty):
    """Then it asks nothing."""
    assert is_all_frame(message) is empty
