"""Telegram's place taken by a terminal: a request class that answers the bot's API calls here.

The application is the same as on Telegram, down to polling: typed lines come to it as updates, and what
it sends is printed. run_bot.py uses it where no token is set.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Mapping
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from telegram.request import BaseRequest, RequestData

from bot.messages.composing import count_units
from bot.screen import Screen

OPERATOR = 1
"""The user id of whoever sits at the terminal; an admin there."""

TERMINAL_TOKEN = "1000:terminal"  # noqa: S105 - the shape of a token, for a bot that has none
BOT = {"id": 1000, "is_bot": True, "first_name": "Onrecord", "username": "onrecord_bot"}
_ABILITIES = {"can_read_all_group_messages": True}  # told by getMe only

HELP = """\
Write a question, or /help for the bot's commands. A number presses a button, "> text" replies to the bot.
The terminal's own commands:
  /as group          write in a group (there the bot needs /ask, @onrecord_bot, or a reply)
  /as topic NAME     write in a topic of that group
  /as private        back to the private chat
  /as NAME           write as somebody else, who is no admin; /as operator is you again
  /quit              leave"""

_GROUP = -1001000000001
_ACCEPTED = {
    "deleteWebhook",
    "sendChatAction",
    "sendMessageDraft",
    "setMyCommands",
    "deleteMyCommands",
    "setMyDescription",
    "setMyShortDescription",
}
_COMMAND = re.compile(r"/\w+(?:@\w+)?")
_MENTION = re.compile(r"(?<!\w)@\w{3,}")

Table = dict[str, Any]


class Terminal(BaseRequest):
    """Answers API calls from what was typed, and prints what they send.

    One line becomes one update; `enter_line` returns once the application has taken it.
    """

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._updates: asyncio.Queue[Table] = asyncio.Queue()
        self._taken: set[int] = set()
        self._arrived = asyncio.Condition()
        self._messages: dict[tuple[int, int], Table] = {}
        self._pressable: dict[int, Table] = {}  # chat -> the last message with buttons
        self._last_sent: dict[int, Table] = {}  # chat -> the bot's last message
        self._pictures: Path | None = None  # the folder of what cannot be shown here
        self._people: dict[str, int] = {"operator": OPERATOR}
        self._topics: dict[str, int] = {}
        self._person, self._in_group, self._topic = "operator", False, ""
        self._next_update = 1
        self._next_message = 1

    @property
    def read_timeout(self) -> float | None:
        """Polling waits as long as it asks to."""
        return None

    async def initialize(self) -> None:
        """Nothing to allocate."""

    async def shutdown(self) -> None:
        """Nothing to free."""

    async def enter_line(self, line: str) -> bool:
        """Take a typed line; False where it ends the session."""
        line = line.strip()
        if line == "/quit":
            return False
        if line.partition(" ")[0] == "/as":
            self._switch(line.partition(" ")[2].strip())
        elif line:
            update = self._write_update(line)
            if update is not None:
                await self._hand_over(update)
        return True

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Answer an API call as Telegram's server would."""
        name = url.rpartition("/")[2]
        values: Mapping[str, Any] = request_data.parameters if request_data is not None else {}
        if name in _ACCEPTED:
            return _succeed(True)
        if name == "getMe":
            return _succeed(BOT | _ABILITIES)
        if name == "getUpdates":
            return _succeed(await self._poll(values))
        if name == "sendMessage":
            return _succeed(self._send(values))
        if name == "sendPhoto":
            files = (request_data.multipart_data if request_data is not None else None) or {}
            pictures = (one for _, one, _ in files.values() if isinstance(one, bytes))
            return _succeed(self._send_picture(values, next(pictures, b"")))
        if name == "editMessageText":
            return self._edit(values)
        if name == "getChatMember":
            owner = {"status": "creator", "is_anonymous": False}
            mine = values["user_id"] == OPERATOR
            return _succeed({"user": self._sender, **(owner if mine else {"status": "member"})})
        if name == "answerCallbackQuery":
            if values.get("text"):
                self._screen.show_note(f"• {values['text']}")
            return _succeed(True)
        return _fail(404, f"Not Found: the terminal knows no method {name}")

    async def _hand_over(self, update: Table) -> None:
        """Queue an update and wait until the application confirms it by polling for the next."""
        number = update["update_id"]
        await self._updates.put(update)
        async with self._arrived:
            await self._arrived.wait_for(lambda: number in self._taken)
            self._taken.discard(number)

    async def _poll(self, values: Mapping[str, Any]) -> list[Table]:
        confirmed = int(values.get("offset", 0)) - 1
        async with self._arrived:
            self._taken.add(confirmed)
            self._arrived.notify_all()
        try:
            update = await asyncio.wait_for(self._updates.get(), float(values.get("timeout", 0)) or 0.01)
        except TimeoutError:
            return []
        return [update]

    def _send(self, values: Mapping[str, Any]) -> Table:
        chat = int(values["chat_id"])
        message = self._make_message(chat, BOT, str(values["text"]), values.get("entities") or [])
        if values.get("message_thread_id"):
            message |= {"message_thread_id": values["message_thread_id"], "is_topic_message": True}
        replied = self._messages.get((chat, (values.get("reply_parameters") or {}).get("message_id", 0)))
        if replied is not None:
            message["reply_to_message"] = _without_reply(replied)
        self._keep(message, values.get("reply_markup"))
        self._show(message, "")
        return message

    def _send_picture(self, values: Mapping[str, Any], picture: bytes) -> Table:
        """Write the picture to a file, say where, and print its caption."""
        self._pictures = self._pictures or Path(mkdtemp(prefix="onrecord-"))
        file = self._pictures / f"picture-{self._next_message}.png"
        file.write_bytes(picture)
        self._screen.show_note(f"[picture: {file}]")
        caption = {"text": values.get("caption") or "", "entities": values.get("caption_entities")}
        message = self._send({**values, **caption})
        size = {"file_id": file.name, "file_unique_id": file.name, "width": 0, "height": 0}
        message |= {"photo": [size], "caption": message.pop("text")}
        message["caption_entities"] = message.pop("entities")
        return message

    def _edit(self, values: Mapping[str, Any]) -> tuple[int, bytes]:
        key = (int(values["chat_id"]), int(values["message_id"]))
        message = self._messages.get(key)
        if message is None:
            return _fail(400, "Bad Request: message to edit not found")
        edited = message | {"text": str(values["text"]), "entities": list(values.get("entities") or [])}
        edited.pop("reply_markup", None)
        if values.get("reply_markup"):
            edited["reply_markup"] = values["reply_markup"]
        if edited == message:
            return _fail(400, "Bad Request: message is not modified")
        self._keep(edited, values.get("reply_markup"))
        self._show(edited, "(edited)")
        return _succeed(edited)

    def _keep(self, message: Table, markup: Any) -> None:
        chat = message["chat"]["id"]
        if markup:
            message["reply_markup"] = markup
            self._pressable[chat] = message
        elif self._pressable.get(chat, {}).get("message_id") == message["message_id"]:
            del self._pressable[chat]
        self._messages[chat, message["message_id"]] = message
        self._last_sent[chat] = message

    def _show(self, message: Table, note: str) -> None:
        """Print a message; outside the private chat with a line that says where it went."""
        where = ""
        if message["chat"]["type"] != "private":
            where = "— group"
            for name, number in self._topics.items():
                if message.get("message_thread_id") == number:
                    where = f"— group, topic {name}"
            if "reply_to_message" in message:
                where += f", in reply to message {message['reply_to_message']['message_id']}"
        keyboard = message.get("reply_markup", {}).get("inline_keyboard", [])
        heading = " ".join(part for part in (where, note) if part)
        self._screen.show_message(heading, message["text"], message["entities"], keyboard)

    def _switch(self, name: str) -> None:
        kind, _, topic = name.partition(" ")
        if kind == "private":
            self._in_group, self._topic = False, ""
        elif kind == "group":
            self._in_group, self._topic = True, ""
        elif kind == "topic" and topic.strip():
            self._in_group, self._topic = True, topic.strip()
            self._topics.setdefault(self._topic, 100_000 + len(self._topics))
        elif name:
            self._person = name
            self._people.setdefault(name, OPERATOR + len(self._people))
        else:
            self._screen.show_note(HELP)
            return
        where = f"topic {self._topic}" if self._topic else "the group" if self._in_group else "a private chat"
        self._screen.show_note(f"You write as {self._person} in {where}.")

    def _write_update(self, line: str) -> Table | None:
        """Return the update that a line stands for: a press, a reply or a message."""
        chat = self._chat["id"]
        update: Table = {"update_id": self._next_update}
        buttons = _list_buttons(self._pressable.get(chat))
        if line.isdecimal() and len(line) < 4 and buttons:
            if not 1 <= int(line) <= len(buttons):
                self._screen.show_note(f"There is no button {line}; the last is {len(buttons)}.")
                return None
            query = self._press(buttons[int(line) - 1], self._pressable[chat])
            if query is None:
                return None
            update["callback_query"] = query
        else:
            reply = line.startswith("> ") and chat in self._last_sent
            message = self._make_message(chat, self._sender, line[2:] if reply else line, None)
            if self._topic:
                message |= {"message_thread_id": self._topics[self._topic], "is_topic_message": True}
            if reply:
                message["reply_to_message"] = _without_reply(self._last_sent[chat])
            self._messages[chat, message["message_id"]] = message
            update["message"] = message
        self._next_update += 1
        return update

    def _press(self, button: Table, message: Table) -> Table | None:
        if "copy_text" in button:
            self._screen.show_note(f"Copied: {button['copy_text']['text']}")
            return None
        if "callback_data" not in button:
            self._screen.show_note(str(button.get("url", button["text"])))
            return None
        return {
            "id": str(self._next_update),
            "from": self._sender,
            "message": message,
            "chat_instance": str(message["chat"]["id"]),
            "data": button["callback_data"],
        }

    @property
    def _sender(self) -> Table:
        return {"id": self._people[self._person], "is_bot": False, "first_name": self._person}

    @property
    def _chat(self) -> Table:
        return self._describe_chat(_GROUP if self._in_group else self._people[self._person])

    def _describe_chat(self, chat: int) -> Table:
        if chat == _GROUP:
            return {"id": chat, "type": "supergroup", "title": "Group", "is_forum": True}
        return {"id": chat, "type": "private", "first_name": self._person}

    def _make_message(self, chat: int, sender: Table, text: str, entities: Any) -> Table:
        number = self._next_message
        self._next_message += 1
        return {
            "message_id": number,
            "date": int(time.time()),
            "chat": self._describe_chat(chat),
            "from": sender,
            "text": text,
            "entities": _find_entities(text) if entities is None else list(entities),
        }


def _find_entities(text: str) -> list[Table]:
    """Return the commands and mentions in a typed text, as Telegram would find them."""
    found = [("mention", match) for match in _MENTION.finditer(text)]
    command = _COMMAND.match(text)
    if command is not None:
        found = [("bot_command", command), *(one for one in found if one[1].start() >= command.end())]
    return [
        {
            "type": kind,
            "offset": count_units(text[: match.start()]),
            "length": count_units(match.group()),
        }
        for kind, match in found
    ]


def _list_buttons(message: Table | None) -> list[Table]:
    markup = (message or {}).get("reply_markup") or {}
    return [button for row in markup.get("inline_keyboard", []) for button in row]


def _without_reply(message: Table) -> Table:
    """Return a message as it stands inside another: Telegram nests replies one deep."""
    return {key: value for key, value in message.items() if key != "reply_to_message"}


def _succeed(result: Any) -> tuple[int, bytes]:
    return 200, json.dumps({"ok": True, "result": result}).encode()


def _fail(code: int, description: str) -> tuple[int, bytes]:
    return code, json.dumps({"ok": False, "error_code": code, "description": description}).encode()
