"""Digests: their head, their one message, their buttons' data."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.language.texts import find_phrasebook
from bot.messages.composing import count_units
from bot.messages.digests import LISTED, STOP, fit_digest, render_digest, write_watch_press
from tests.fakes import CLAIM, DENIAL, DISPUTED, REPAIRS, TIMES, UNHURT, ask_about, quote_words

PHRASES = find_phrasebook("en")


@pytest.mark.parametrize(
    ("reports", "quotes", "counts"),
    [
        (1, (REPAIRS,), "1 new report"),
        (3, (REPAIRS, UNHURT), "3 new reports"),
        (2, (CLAIM, DENIAL), "2 new reports · ⚖ 1 dispute"),
        (0, (CLAIM, DENIAL), "⚖ 1 dispute"),
    ],
)
def test_head_counts_reports_and_disputes(reports, quotes, counts):
    """The head names the topic and says how much is new; where only a dispute is, no report is counted."""
    digest = replace(DISPUTED, question=ask_about("Varn"), quotes=quotes, reports=reports)
    (message,) = render_digest(digest, quotes, PHRASES)
    assert message.text.startswith(f"🔔 New on “Varn”\n{counts}\n\n")


def test_digest_fits_one_message():
    """Quotes are left out until one message holds the rest, and one is always there."""
    text = "word " * 700
    article = replace(TIMES, text=text.strip())
    long = quote_words(article, article.text)
    several = replace(
        DISPUTED, quotes=(long, replace(long, end=long.end), REPAIRS), reports=3, disputed=False
    )
    message, shown = fit_digest(several, 3, PHRASES)
    assert shown == 1
    assert count_units(message.text) <= 4096
    message, shown = fit_digest(replace(several, quotes=(REPAIRS, UNHURT)), 3, PHRASES)
    assert "Nobody was hurt." in message.text


def test_topic_of_any_length_and_script_keeps_the_head_short():
    """A long topic is clipped at a word, and right-to-left text does not break the message."""
    for topic in ("bridge " * 40, "جسر فارن " * 30):
        digest = replace(DISPUTED, question=ask_about(topic.strip()))
        (message,) = render_digest(digest, digest.quotes[:1], PHRASES)
        assert len(message.text.split("\n", 1)[0]) < 140


def test_callback_data_fits():
    """The longest data that a button of a watch carries is within 64 bytes."""
    assert len(write_watch_press(STOP, LISTED, "x" * 12).encode()) <= 64
