"""Who plays a scripted conversation: by updates on any line to the bot, and at the terminal.

A step is turned into an update, and what comes back is read from the calls that it led to.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from tests.stage import ELSEWHERE
from tests.telegram_checks import ANN, BEN, BOT, GROUP, OWNER, WAITING, Call, list_cards, make_message
from tests.test_terminal import Session

PEOPLE = {"operator": OWNER, "Ann": ANN, "Ben": BEN}
TOPICS = {"Bridges": 71, "Ferries": 72}
OLD_GROUP = -777

Table = dict[str, Any]


@dataclass(frozen=True)
class Step:
    """A line of the script.

    Attributes:
        part: the heading above it.
        wanted: parts of what is to come back, in order; none where the bot is to keep silent.
    """

    part: str
    person: str
    place: str
    line: str
    wanted: tuple[str, ...]

    def check(self, said: str) -> None:
        """Check what came back."""
        assert bool(said) == bool(self.wanted), (self, said)
        position = 0
        for words in self.wanted:
            found = said.find(words, position)
            assert found >= 0, (self, words, said)
            position = found + len(words)


def read_script(path: Path) -> list[Step]:
    """Return the steps of a script."""
    steps, part = [], ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            part = line[3:]
        elif line.strip() and not line.startswith("#"):
            person, place, done, wanted = (cell.strip() for cell in line.split("|"))
            parts = tuple(words.strip() for words in wanted.split(" … ") if words.strip())
            steps.append(Step(part, person, place, done, parts))
    return steps


class Line(Protocol):
    """A way on which updates come to the bot and its calls come back."""

    async def deliver(self, update: Table, *, again: bool = False) -> list[Call]:
        """Deliver an update, wait until it is dealt with, and return the calls it led to."""

    async def refresh(self, number: int) -> list[Call]:
        """Let a report come into the index, none where the number is 0; return the calls that led to."""


@dataclass
class Player:
    """Turns steps into updates, as Telegram would, and remembers what stands in each chat.

    Attributes:
        bot: as Telegram describes it in the messages that it sent.
        has_topics: whether the topic that a message is sent to can be seen.
    """

    line: Line
    bot: Table = field(default_factory=lambda: BOT)
    has_topics: bool = True
    numbers: int = 0
    updates: dict[str, Table] = field(default_factory=dict)  # who -> the last message of theirs
    shown: dict[int, tuple[Call, int]] = field(default_factory=dict)  # chat -> what shows buttons, its number
    last: dict[int, Call] = field(default_factory=dict)  # chat -> the bot's last message
    last_update: Table = field(default_factory=dict)

    async def play(self, step: Step) -> str:
        """Play a step and return what came back, buttons included."""
        person = PEOPLE[step.person]
        chat = {"group": GROUP, "topic": GROUP, "old": OLD_GROUP, "elsewhere": ELSEWHERE}.get(
            step.place.split()[0], person
        )
        if step.line in NEWS:
            update = {"message": self._find_topic(step.place)}
            made = await self.line.refresh(NEWS[step.line])
        else:
            update = self._write_update(step, chat, person)
            made = await self.line.deliver(update, again=step.line == "!the same update again")
            self.last_update = update
        calls = [call for call in made if call.method not in QUIET]
        messages = [call for call in calls if call.method in ("sendMessage", "sendPhoto", "answerGuestQuery")]
        assert len(messages) <= 1, "never more than one message for one"
        for call in calls:
            self._take_note(call, chat, update)
        return "\n".join(_read_call(call) for call in calls)

    def _write_update(self, step: Step, chat: int, person: int) -> Table:
        if step.line.startswith("!"):
            return self._write_event(step, chat, person)
        if step.line.startswith("#"):
            call, number = self.shown[chat]
            data = next(one["callback_data"] for one in call.buttons if one["text"] == step.line[1:])
            message = self._compose(chat, None, call.text) | {"message_id": number, "from": self.bot}
            message |= self._find_topic(step.place)
            if call.method == "sendPhoto":
                message |= {"photo": PHOTO, "caption": message.pop("text")}
                del message["entities"]
            sender = message_sender(person)
            query = {"id": "1", "from": sender, "message": message, "chat_instance": "1", "data": data}
            return {"callback_query": query}
        if step.place == "inline":
            query = {"id": "7", "from": message_sender(person), "query": step.line, "offset": ""}
            return {"inline_query": query}
        fields = self._find_topic(step.place)
        text = step.line
        if text.startswith("> "):
            text = text[2:]
            answer = self.last[chat]
            replied = self._compose(chat, None, answer.text) | {"from": self.bot}
            fields["reply_to_message"] = replied | {"entities": answer.values.get("entities") or []}
        elif text.startswith(">"):
            name, _, text = text[1:].partition(" ")
            fields["reply_to_message"] = self.updates[name]
        message = self._compose(chat, person, text, **fields)
        self.updates[step.person] = message
        if step.place == "elsewhere":
            return {"guest_message": message | {"guest_query_id": "9"}}
        return {"message": message}

    def _write_event(self, step: Step, chat: int, person: int) -> Table:
        happened = step.line[1:]
        if happened == "the same update again":
            return self.last_update
        if happened == "an edit of it":
            return {"edited_message": self.updates[step.person] | {"edit_date": 1_700_000_100}}
        if happened == "nothing is typed":
            return {"inline_query": {"id": "7", "from": message_sender(person), "query": "", "offset": ""}}
        message = self._compose(chat, person, "")
        if happened == "a photo":
            del message["text"]
            return {"message": message | {"photo": PHOTO}}
        if happened == "another bot mentions it":
            robot = {"id": 5, "is_bot": True, "first_name": "Robot"}
            asked = self._compose(chat, person, "@onrecord_bot Is the bridge lost?", **{"from": robot})
            return {"guest_message": asked | {"guest_query_id": "9"}}
        if happened == "it becomes a supergroup":
            message.pop("text")
            return {"message": message | {"migrate_to_chat_id": GROUP}}
        if happened == "it was a group before":
            message.pop("text")
            return {"message": message | {"migrate_from_chat_id": OLD_GROUP}}
        old, new = MEMBERSHIPS[happened]
        change = {"chat": message["chat"], "from": message["from"], "date": message["date"]}
        return {"my_chat_member": change | {"old_chat_member": _member(old), "new_chat_member": _member(new)}}

    def _compose(self, chat: int, person: int | None, text: str, **fields: Any) -> Table:
        self.numbers += 1
        message = make_message(chat, person, text, self.numbers)
        if chat == OLD_GROUP:
            message["chat"] = {"id": chat, "type": "group", "title": "Old group"}
        return message | fields

    def _find_topic(self, place: str) -> Table:
        kind, _, topic = place.partition(" ")
        return {"message_thread_id": TOPICS[topic], "is_topic_message": True} if kind == "topic" else {}

    def _take_note(self, call: Call, chat: int, update: Table) -> None:
        """Remember a message, and check that it went where it belongs."""
        if call.method == "answerGuestQuery":
            (card,) = list_cards(call)
            content = card["input_message_content"]
            self.last[chat] = Call("sendMessage", {"text": content["message_text"], **content})
        if call.method not in ("sendMessage", "sendPhoto", "editMessageText"):
            return
        assert call.values["chat_id"] == chat
        asked = update.get("message", {})
        self.check_place(call, asked)
        self.last[chat] = call
        if call.buttons:
            self.numbers += 1
            self.shown[chat] = call, int(call.values.get("message_id", self.numbers))

    def check_place(self, call: Call, asked: Table) -> None:
        """Check that an answer goes to the topic of its question, and in groups as a reply to it."""
        if self.has_topics:
            assert call.values.get("message_thread_id") == asked.get("message_thread_id"), call
        if call.method == "sendMessage" and "text" in asked and asked["chat"]["id"] < 0:
            assert call.values["reply_parameters"]["message_id"] == asked["message_id"]


PHOTO = [{"file_id": "x", "file_unique_id": "x", "width": 1, "height": 1}]

QUIET = (*WAITING, "getChatMember")

NEWS = {"!the index is refreshed": 0, "!a report comes in": 1, "!another report comes in": 2}
"""What happens to the index, and the number of the report that comes in."""

MEMBERSHIPS = {
    "the bot is taken in": ("left", "member"),
    "the bot is made an admin": ("member", "member"),
    "the bot is put out": ("member", "kicked"),
}


def message_sender(person: int) -> Table:
    """Return a person as Telegram describes one."""
    return {"id": person, "is_bot": False, "first_name": "Somebody", "language_code": "en"}


def _member(status: str) -> Table:
    return {"user": BOT, "status": status} | ({"until_date": 0} if status == "kicked" else {})


def _read_call(call: Call) -> str:
    """Return what a call shows: texts, buttons, cards."""
    parts = [str(call.values.get("text") or call.values.get("caption") or "")]
    for card in list_cards(call):
        parts += [card["title"], card["input_message_content"]["message_text"]]
    if isinstance(call.values.get("button"), dict):
        parts.append(call.values["button"]["text"])
    parts += [button["text"] for button in call.buttons]
    return "\n".join(part for part in parts if part)


class TerminalPlayer:
    """Types the steps at the terminal; buttons are pressed by their numbers."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._labels: dict[str, list[str]] = {}  # chat -> the buttons that were printed there last
        self._person = self._place = ""

    async def play(self, step: Step) -> str:
        """Play a step and return what was printed."""
        if step.person != self._person:
            self._person = step.person
            await self._session.enter(f"/as {step.person}")
        if step.place != self._place:
            self._place = step.place
            await self._session.enter(f"/as {step.place}")
        chat = step.person if step.place == "private" else "group"
        line = step.line
        if line.startswith("#"):
            line = str(self._labels[chat].index(line[1:]) + 1)
        said = await self._session.enter(line)
        for printed in said.splitlines():
            if printed.startswith("(1) "):
                self._labels[chat] = [part.partition(") ")[2] for part in printed.split("  ")]
        return str(said)
