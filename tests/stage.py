"""The bot on a stage: it runs over the recording request, and tests write to it and press its buttons."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from telegram import Update

from bot.application import AnyApplication, Collaborators, build_application
from bot.memory.conversations import Conversations
from bot.memory.preferences import Preferences
from bot.memory.state import State
from bot.scheduling.answering import Answerer, AnswerService
from bot.scheduling.rebuilding import IndexBuild
from bot.settings import BotSettings
from tests.fakes import FakeAnswerer
from tests.telegram_checks import ADMIN, ANN, TOKEN, WAITING, Call, RecordingRequest, make_message

ELSEWHERE = -1009876543210
"""A group that the bot is not in."""

UNLIMITED = {"questions_per_person": 0, "questions_per_chat": 0}


@dataclass
class Stage:
    """A running bot with an audience: tests send it updates and look at its calls."""

    application: AnyApplication
    request: RecordingRequest
    answerer: FakeAnswerer
    state: State
    collaborators: Collaborators
    next_update: int = 1
    next_message: int = 1

    async def write(
        self, text: str, *, chat: int | None = None, person: int = ANN, **fields: Any
    ) -> list[Call]:
        """Send a message, wait for it, and return the calls it led to, without the signs of waiting."""
        before = len(self.request.calls)
        await self.put({"message": self.compose(text, chat=chat, person=person, **fields)})
        await self.application.update_queue.join()
        return [call for call in self.request.calls[before:] if call.method not in WAITING]

    def compose(
        self, text: str, *, chat: int | None = None, person: int = ANN, **fields: Any
    ) -> dict[str, Any]:
        """Return a message with a number of its own."""
        self.next_message += 1
        return make_message(person if chat is None else chat, person, text, self.next_message, **fields)

    async def press(self, call: Call, label: str, *, person: int = ANN) -> list[Call]:
        """Press a button under a message that the bot sent."""
        button = next(button for button in call.buttons if button["text"] == label)
        return await self.press_data(call, button["callback_data"], person=person)

    async def press_data(self, call: Call, data: str, *, person: int = ANN) -> list[Call]:
        """Press a button with any data."""
        before = len(self.request.calls)
        number = call.values.get("message_id", self.request.next_message)
        query = {
            "id": "1",
            "from": {"id": person, "is_bot": False, "first_name": "Somebody"},
            "message": self.request.describe(call, int(number)),
            "chat_instance": "1",
            "data": data,
        }
        await self.put({"callback_query": query})
        await self.application.update_queue.join()
        return self.request.calls[before:]

    async def forget(self, *, person: int = ANN, **fields: Any) -> Call:
        """Send /forgetme, press what deletes, and return the message as it then is."""
        (asked,) = await self.write("/forgetme", person=person, **fields)
        calls = await self.press(asked, "Delete it", person=person)
        return next(call for call in calls if call.method == "editMessageText")

    async def query(self, text: str, *, person: int = ANN) -> Call:
        """Type an inline query and return the answer to it."""
        before = len(self.request.calls)
        sender = {"id": person, "is_bot": False, "first_name": "Somebody", "language_code": "en"}
        await self.put({"inline_query": {"id": "7", "from": sender, "query": text, "offset": ""}})
        await self.application.update_queue.join()
        (answer,) = self.request.calls[before:]
        return answer

    async def summon(self, text: str, *, person: int = ANN, **fields: Any) -> list[Call]:
        """Mention the bot in a chat that it is not in, and return the calls that led to."""
        before = len(self.request.calls)
        message = self.compose(text, chat=ELSEWHERE, person=person, guest_query_id="9", **fields)
        await self.put({"guest_message": message})
        await self.application.update_queue.join()
        return self.request.calls[before:]

    async def put(self, update: dict[str, Any]) -> None:
        """Queue an update without waiting for it."""
        self.next_update += 1
        parsed = Update.de_json({"update_id": self.next_update, **update}, self.application.bot)
        await self.application.update_queue.put(parsed)

    async def check_alerts(self) -> list[Call]:
        """Look for alerts as the job does, and return the calls that led to."""
        before = len(self.request.calls)
        await self.collaborators.alerting.check(self.application.bot)
        return self.request.calls[before:]

    async def settle(self, done: Callable[[], bool], seconds: float = 10.0) -> None:
        """Wait until something has come true."""
        for _ in range(int(seconds * 100)):
            if done():
                return
            await asyncio.sleep(0.01)
        raise AssertionError("it never came true")


def compose_collaborators(
    folder: Path,
    settings: BotSettings,
    open_answerer: Callable[[], Answerer],
    follow_up_clock: Callable[[], float] = time.time,
    **others: Any,
) -> Collaborators:
    """Return what the handlers work with, with a state of its own in a folder.

    Args:
        follow_up_clock: that conversations are forgotten by.
        others: further collaborators, or what takes the place of those that are made here.
    """
    state = State(folder, settings.retention_days)
    made = {
        "service": AnswerService(open_answerer, settings.workers),
        "state": state,
        "settings": settings,
        "build": IndexBuild(["false"]),
        "preferences": Preferences(state),
        "conversations": Conversations(state, settings.follow_up_minutes, clock=follow_up_clock),
    }
    return Collaborators(**(made | others))


@asynccontextmanager
async def on_stage(
    folder: Path,
    *,
    answerer: FakeAnswerer | None = None,
    open_answerer: Callable[[], Answerer] | None = None,
    build: IndexBuild | None = None,
    clock: Callable[[], float] = time.time,
    wall_clock: Callable[[], float] = time.time,
    flood_control: bool = False,
    checked: bool = True,
    **settings: Any,
) -> AsyncIterator[Stage]:
    """Run the bot over a recording request, with a fake answerer and a state of its own."""
    answerer = answerer or FakeAnswerer()
    configured = BotSettings.model_validate({"admins": (ADMIN,), "base": folder, **UNLIMITED, **settings})
    collaborators = compose_collaborators(
        folder,
        configured,
        open_answerer or (lambda: answerer),
        follow_up_clock=clock,
        clock=wall_clock,
        **({"build": build} if build else {}),
    )
    request = RecordingRequest(checked=checked)
    application = build_application(
        collaborators, TOKEN, request=request, updates_request=request, flood_control=flood_control
    )
    await collaborators.state.open()
    async with application:
        await application.start()
        try:
            yield Stage(application, request, answerer, collaborators.state, collaborators)
        finally:
            await application.stop()
    collaborators.service.close()
    await collaborators.state.close()
