"""How many questions within a minute, and that a refusal is told once."""

from __future__ import annotations

from bot.scheduling import limiting
from bot.scheduling.limiting import Limiter, Verdict
from tests.stage import on_stage
from tests.telegram_checks import ANN, BEN, GROUP


def test_window_slides():
    """After the limit a question is refused, told once, and admitted again when the window has moved on."""
    now = [0.0]
    limiter = Limiter(2, lambda: now[0])
    assert [limiter.admit(1) for _ in range(4)] == [
        Verdict.ADMITTED,
        Verdict.ADMITTED,
        Verdict.REFUSED,
        Verdict.REFUSED_AGAIN,
    ]
    assert limiter.admit(2) is Verdict.ADMITTED
    now[0] = 60.0
    assert limiter.admit(1) is Verdict.ADMITTED
    assert limiter.admit(1) is Verdict.ADMITTED
    assert limiter.admit(1) is Verdict.REFUSED, "told anew in a new window"


def test_no_limit():
    """Zero is no limit."""
    limiter = Limiter(0)
    assert {limiter.admit(1) for _ in range(1000)} == {Verdict.ADMITTED}


def test_idle_keys_are_dropped(monkeypatch):
    """The keys of those who have long stopped asking are not kept."""
    monkeypatch.setattr(limiting, "_KEYS", 10)
    now = [0.0]
    limiter = Limiter(1, lambda: now[0])
    for key in range(11):
        limiter.admit(key)
    now[0] = 100.0
    limiter.admit(99)
    assert list(limiter._times) == [99]


async def test_person_over_the_limit_is_told_once(tmp_path):
    """A person over the limit is told kindly once, then left in silence; others are answered."""
    async with on_stage(tmp_path, questions_per_person=2) as stage:
        for _ in range(2):
            (answer,) = await stage.write("Is the bridge lost?")
            assert answer.text.startswith("⚖")
        (told,) = await stage.write("Is the bridge lost?")
        assert await stage.write("Is the bridge lost?") == []
        (other,) = await stage.write("Is the bridge lost?", person=BEN)
        (helped,) = await stage.write("/help")
        assert len(stage.answerer.asked) == 3
    assert told.text == "That is a lot of questions at once. Please wait a minute, then ask me again."
    assert other.text.startswith("⚖")
    assert helped.text.startswith("What I can do")


async def test_chat_over_the_limit_is_told_once(tmp_path):
    """A group over its limit is told once, whoever asks next."""
    async with on_stage(tmp_path, questions_per_chat=1) as stage:
        await stage.write("/ask x", chat=GROUP, person=ANN)
        (told,) = await stage.write("/ask x", chat=GROUP, person=BEN)
        assert await stage.write("/ask x", chat=GROUP, person=ANN) == []
    assert told.text.startswith("That is a lot of questions")
