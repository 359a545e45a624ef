"""One process of a bot that several serve, for tests/test_workers.py: the program over a fake answerer."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from pathlib import Path

import run_bot
from bot.memory import arrivals
from bot.settings import TOKEN_VARIABLE, load_bot_settings
from tests.fakes import FakeAnswerer


class SlowAnswerer(FakeAnswerer):
    """Takes a moment for every question, so that others come meanwhile; very long for one, the first time."""

    def answer(self, text, **named):
        begun = Path(sys.argv[1]).with_name("begun")
        if text == "take long" and not begun.exists():
            begun.touch()
            time.sleep(60.0)
        time.sleep(0.15)
        return super().answer(text, **named)


def main() -> None:
    """Serve with the configuration that is named on the command line."""
    config = Path(sys.argv[1])
    run_bot.open_answerer = lambda settings: SlowAnswerer()
    settings = load_bot_settings(config, os.environ)
    run_bot.configure_log("info", "")
    arrivals.BEAT_SECONDS, arrivals.DEAD_SECONDS = 0.5, 2.0
    collaborators = run_bot.compose(config, settings, None)
    asyncio.run(run_bot.run_on_telegram(collaborators, os.environ[TOKEN_VARIABLE]))


if __name__ == "__main__":
    main()
