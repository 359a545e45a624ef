"""Telegram without Telegram: a request class that records every call and checks it.

Four checkers look at every outgoing call; each is blind to something:

1. aiogram's method models know the names and types of all fields of Bot API 10.0, and unknown ones are
   found by walking `model_extra`. They do not know what a server refuses: rights, missing chats, lengths.
2. TDLib's own code (tdjson, offline) reads the text with its entities as the server's parser does: offsets
   in UTF-16 units, halves of surrogate pairs, URLs, nesting, characters that Telegram drops. It knows
   neither the limits of a bot's message nor which entities a client shows.
3. The limits of telegram.constants are counted here. They are numbers from documentation, so a limit that
   is documented nowhere is not checked.
4. A table of what a bot may do that is an ordinary member, and of what only private chats take. Whether a
   chat has taken a right from everybody is not in it: tests of refusals answer as Telegram does then.

None of them sees the screen: how a client folds a quote, breaks a line or shows a date.
"""

from __future__ import annotations

import asyncio
import html
import json
import re
import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import aiogram.methods
import tdjson
from pydantic import BaseModel
from telegram.constants import (
    BotCommandLimit,
    BotDescriptionLimit,
    CallbackQueryLimit,
    FileSizeLimit,
    InlineKeyboardButtonLimit,
    InlineKeyboardMarkupLimit,
    InlineQueryLimit,
    InlineQueryResultLimit,
    MessageLimit,
)
from telegram.request import BaseRequest, RequestData

TOKEN = "4242:test"
BOT = {"id": 4242, "is_bot": True, "first_name": "Onrecord", "username": "onrecord_bot"}
ABILITIES = {  # told by getMe only
    "can_read_all_group_messages": True,
    "supports_guest_queries": True,
    "supports_inline_queries": True,
}
ANN, BEN, OWNER, ADMIN = 11, 12, 13, 99
GROUP = -1001234567890
WAITING = ("sendChatAction", "sendMessageDraft")
ORDINARY = frozenset(
    [
        "answerCallbackQuery",
        "answerGuestQuery",
        "answerInlineQuery",
        "deleteWebhook",
        "editMessageReplyMarkup",
        "editMessageText",
        "getChatAdministrators",
        "getChatMember",
        "getWebhookInfo",
        "sendChatAction",
        "sendMessage",
        "sendMessageDraft",
        "sendPhoto",
        "setMyCommands",
        "setMyDescription",
        "setMyShortDescription",
        "setWebhook",
    ]
)
"""Methods that need no admin's rights in a chat."""
IN_PRIVATE = frozenset({"sendMessageDraft"})

_TAGS = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "code": ("<code>", "</code>"),
    "pre": ("<pre>", "</pre>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ("<blockquote expandable>", "</blockquote>"),
}
_KINDS = {
    "textEntityTypeBold": "bold",
    "textEntityTypeItalic": "italic",
    "textEntityTypeCode": "code",
    "textEntityTypePre": "pre",
    "textEntityTypeBlockQuote": "blockquote",
    "textEntityTypeExpandableBlockQuote": "expandable_blockquote",
    "textEntityTypeTextUrl": "text_link",
    "textEntityTypeDateTime": "date_time",
}


@dataclass(frozen=True)
class Call:
    """One call of the Bot API that the bot made."""

    method: str
    values: Mapping[str, Any]
    picture: bytes = b""

    @property
    def text(self) -> str:
        return str(self.values["caption"] if self.method == "sendPhoto" else self.values["text"])

    @property
    def entities(self) -> list[dict[str, Any]]:
        name = "caption_entities" if self.method == "sendPhoto" else "entities"
        return list(self.values.get(name) or [])

    @property
    def buttons(self) -> list[dict[str, Any]]:
        markup = self.values.get("reply_markup") or {}
        return [button for row in markup.get("inline_keyboard", []) for button in row]

    def covered(self, kind: str) -> list[str]:
        """Return the words that entities of a kind cover, cut as Telegram cuts them."""
        raw = self.text.encode("utf-16-le")
        return [
            raw[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le")
            for entity in self.entities
            if entity["type"] == kind
        ]


def check_call(call: Call) -> None:
    """Check a call in all four ways."""
    check_rights(call)
    check_model(call)
    check_limits(call)
    for text, entities in list_texts(call):
        check_with_tdlib(text, entities)


def list_texts(call: Call) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the texts that a call sends, or offers to send, each with its entities."""
    if call.method in ("sendMessage", "editMessageText", "sendPhoto"):
        return [(call.text, call.entities)]
    sent = [card["input_message_content"] for card in list_cards(call)]
    return [(content["message_text"], content.get("entities") or []) for content in sent]


def list_cards(call: Call) -> list[dict[str, Any]]:
    """Return the results of an inline query, or the one that answers a guest query."""
    cards = {"answerInlineQuery": "results", "answerGuestQuery": "result"}
    found = call.values.get(cards.get(call.method, ""), [])
    return [found] if isinstance(found, dict) else list(found)


def check_rights(call: Call) -> None:
    """Check that an ordinary member may make a call, in the kind of chat that it is made in."""
    assert call.method in ORDINARY, f"{call.method} needs rights that the bot does not ask for"
    if call.method in IN_PRIVATE:
        assert int(call.values["chat_id"]) > 0, f"{call.method} works in private chats only"


def check_model(call: Call) -> None:
    """Check the names and types of a call's fields against aiogram's model of the method."""
    model = getattr(aiogram.methods, call.method[0].upper() + call.method[1:])
    unknown = sorted(_find_extra(model.model_validate(dict(call.values)), call.method))
    assert not unknown, f"fields that Telegram does not know: {unknown}"


def _find_extra(value: object, path: str) -> Iterator[str]:
    if isinstance(value, BaseModel):
        yield from (f"{path}.{name}" for name in value.model_extra or {})
        for name in type(value).model_fields:
            yield from _find_extra(getattr(value, name, None), f"{path}.{name}")
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _find_extra(item, path)


def check_limits(call: Call) -> None:
    """Check the lengths and counts that Telegram documents."""
    values = call.values
    assert "parse_mode" not in values, "text goes with entities, never with markup"
    for text, entities in list_texts(call):
        units = len(text.encode("utf-16-le")) // 2
        assert MessageLimit.MIN_TEXT_LENGTH <= units <= MessageLimit.MAX_TEXT_LENGTH
        assert text == text.strip(), "Telegram trims messages, which would shift every entity"
        assert len(entities) <= MessageLimit.MESSAGE_ENTITIES
    if call.method in ("sendMessage", "editMessageText"):
        assert values["link_preview_options"] == {"is_disabled": True}
    if call.method == "sendPhoto":
        check_picture(call)
    for card in list_cards(call):
        assert 1 <= len(card["id"].encode()) <= InlineQueryResultLimit.MAX_ID_LENGTH
        assert card["title"]
        assert card["input_message_content"]["link_preview_options"] == {"is_disabled": True}
    if call.method == "answerInlineQuery":
        check_inline_limits(values)
    if call.method == "answerCallbackQuery":
        limit = CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH
        assert len(str(values.get("text", ""))) <= limit
    if call.method == "setMyCommands":
        for command in values["commands"]:
            assert re.fullmatch(r"[a-z0-9_]{1,32}", command["command"])
            assert 1 <= len(command["description"]) <= BotCommandLimit.MAX_DESCRIPTION
    if call.method == "setMyDescription":
        assert len(values["description"]) <= BotDescriptionLimit.MAX_DESCRIPTION_LENGTH
    if call.method == "setMyShortDescription":
        assert len(values["short_description"]) <= BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH
    rows = (values.get("reply_markup") or {}).get("inline_keyboard", [])
    assert len(call.buttons) <= InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER
    assert all(1 <= len(row) <= InlineKeyboardMarkupLimit.BUTTONS_PER_ROW for row in rows)
    for button in call.buttons:
        assert button["text"]
        if "callback_data" in button:
            assert 1 <= len(button["callback_data"].encode()) <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA
        if "copy_text" in button:
            assert 1 <= len(button["copy_text"]["text"]) <= InlineKeyboardButtonLimit.MAX_COPY_TEXT


def check_picture(call: Call) -> None:
    """Check the caption's length and the picture's size and sides."""
    assert len(call.text.encode("utf-16-le")) // 2 <= MessageLimit.CAPTION_LENGTH
    assert call.picture.startswith(b"\x89PNG")
    assert len(call.picture) <= FileSizeLimit.PHOTOSIZE_UPLOAD
    width, height = struct.unpack(">II", call.picture[16:24])
    assert width + height <= 10_000
    assert max(width, height) <= 20 * min(width, height)


def check_inline_limits(values: Mapping[str, Any]) -> None:
    """Check the counts and lengths of what an inline query is answered with."""
    assert len(values["results"]) <= InlineQueryLimit.RESULTS
    assert len({card["id"] for card in values["results"]}) == len(values["results"])
    if "button" in values:
        assert values["button"]["text"]
        assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", values["button"]["start_parameter"])
    assert values["results"] or "button" in values, "nobody is told why there is nothing"


def check_with_tdlib(text: str, entities: list[dict[str, Any]]) -> None:
    """Check that Telegram's own code reads a text and its entities as they are meant, and changes nothing."""
    fixed = _execute(
        {
            "@type": "getMarkdownText",
            "text": {"@type": "formattedText", "text": text, "entities": [_as_tdlib(e) for e in entities]},
        }
    )
    assert fixed["@type"] == "formattedText", fixed
    bare = _execute({"@type": "getMarkdownText", "text": {"@type": "formattedText", "text": text}})
    assert bare["text"] == text, "Telegram drops or replaces characters of this text"
    parsed = _execute(
        {
            "@type": "parseTextEntities",
            "text": _write_html(text, entities),
            "parse_mode": {"@type": "textParseModeHTML"},
        }
    )
    assert parsed["@type"] == "formattedText", parsed
    assert parsed["text"] == text
    found = sorted((_KINDS[e["type"]["@type"]], e["offset"], e["length"]) for e in parsed["entities"])
    assert found == sorted((e["type"], e["offset"], e["length"]) for e in entities)


def _as_tdlib(entity: dict[str, Any]) -> dict[str, Any]:
    kind: dict[str, Any] = {"@type": next(name for name, ours in _KINDS.items() if ours == entity["type"])}
    if "url" in entity:
        kind["url"] = entity["url"]
    if "unix_time" in entity:
        kind["unix_time"] = entity["unix_time"]
    return {"@type": "textEntity", "offset": entity["offset"], "length": entity["length"], "type": kind}


def _write_html(text: str, entities: list[dict[str, Any]]) -> str:
    """Return the text with its entities as tags; they must be nested or apart."""
    raw = text.encode("utf-16-le")
    written, position, opened = "", 0, []

    def write_until(end: int) -> None:
        nonlocal written, position
        written += html.escape(raw[2 * position : 2 * end].decode("utf-16-le"))
        position = end

    def close_until(offset: int) -> None:
        nonlocal written
        while opened and opened[-1][0] <= offset:
            end, tag = opened.pop()
            write_until(end)
            written += tag

    for entity in sorted(entities, key=lambda e: (e["offset"], -e["length"])):
        close_until(entity["offset"])
        write_until(entity["offset"])
        end = entity["offset"] + entity["length"]
        assert not opened or end <= opened[-1][0], "entities overlap without being nested"
        if entity["type"] == "text_link":
            tags = (f'<a href="{html.escape(entity["url"])}">', "</a>")
        elif entity["type"] == "date_time":
            moment = f'unix="{entity["unix_time"]}" format="{entity["date_time_format"]}"'
            tags = (f"<tg-time {moment}>", "</tg-time>")
        else:
            tags = _TAGS[entity["type"]]
        written += tags[0]
        opened.append((end, tags[1]))
    close_until(len(raw) // 2)
    write_until(len(raw) // 2)
    return written


def _execute(query: dict[str, Any]) -> dict[str, Any]:
    tdjson.td_execute(b'{"@type": "setLogVerbosityLevel", "new_verbosity_level": 0}')
    answer = tdjson.td_execute(json.dumps(query).encode())
    assert answer is not None
    result: dict[str, Any] = json.loads(answer)
    return result


Fault = tuple[int, dict[str, Any]] | Exception
"""What a call meets in place of success: a status with an answer's fields, or an error of the network."""


@dataclass
class RecordingRequest(BaseRequest):
    """Records and checks every call, and answers as Telegram would.

    Attributes:
        faults: for a method, what its next calls meet, in order.
        checked: whether calls are checked; left out only where speed is measured.
        listeners: told of each call as it is made.
    """

    calls: list[Call] = field(default_factory=list)
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    checked: bool = True
    listeners: list[Callable[[Call], None]] = field(default_factory=list)
    next_message: int = 1000

    @property
    def read_timeout(self) -> float | None:
        return 5.0

    async def initialize(self) -> None:
        pass

    async def shutdown(self) -> None:
        pass

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = None,
        write_timeout: Any = None,
        connect_timeout: Any = None,
        pool_timeout: Any = None,
    ) -> tuple[int, bytes]:
        name = url.rpartition("/")[2]
        # As they go over the wire: what cannot be written as JSON fails here.
        values = json.loads(json.dumps(request_data.parameters if request_data else {}))
        files = (request_data.multipart_data if request_data else None) or {}
        values |= {field: f"attach://{field}" for field in files}
        call = Call(name, values, next((bytes(content) for _, content, _ in files.values()), b""))
        if name == "getUpdates":
            await asyncio.sleep(0.05)  # nothing ever comes this way; an application that polls must not spin
        if name not in ("getMe", "getUpdates"):
            if self.checked:
                check_call(call)
            self.calls.append(call)
            for listener in self.listeners:
                listener(call)
        if self.faults.get(name):
            fault = self.faults[name].pop(0)
            if isinstance(fault, Exception):
                raise fault
            code, answer = fault
            return code, json.dumps({"ok": False, "error_code": code, **answer}).encode()
        return 200, json.dumps({"ok": True, "result": self._answer(call)}).encode()

    def _answer(self, call: Call) -> Any:
        if call.method == "getMe":
            return BOT | ABILITIES
        if call.method in ("sendMessage", "editMessageText", "sendPhoto"):
            number = call.values.get("message_id")
            if number is None:
                self.next_message += 1
                number = self.next_message
            return self.describe(call, int(number))
        if call.method == "getChatMember":
            person = int(call.values["user_id"])
            return {"status": "member", "user": {"id": person, "is_bot": False, "first_name": "Somebody"}} | (
                {"status": "creator", "is_anonymous": False} if person == OWNER else {}
            )
        if call.method == "getChatAdministrators":
            owner = {"id": OWNER, "is_bot": False, "first_name": "Somebody"}
            return [{"status": "creator", "is_anonymous": False, "user": owner}]
        if call.method == "answerGuestQuery":
            return {"inline_message_id": "sent"}
        return [] if call.method == "getUpdates" else True

    def describe(self, call: Call, number: int) -> dict[str, Any]:
        """Return the message that a call made."""
        message = make_message(int(call.values["chat_id"]), None, call.text, number)
        message |= {"from": BOT, "entities": call.entities}
        if call.method == "sendPhoto":
            size = {"file_id": "f", "file_unique_id": "u", "width": 1080, "height": 1000}
            message |= {"photo": [size], "caption": message.pop("text")}
            message["caption_entities"] = message.pop("entities")
        for name in ("message_thread_id", "reply_markup"):
            if call.values.get(name):
                message[name] = call.values[name]
        if "message_thread_id" in message:
            message["is_topic_message"] = True
        return message


def make_message(chat: int, person: int | None, text: str, number: int = 1, **fields: Any) -> dict[str, Any]:
    """Return a message as Telegram sends it, its commands and mentions found."""
    kind = {"type": "private"} if chat > 0 else {"type": "supergroup", "title": "Group", "is_forum": True}
    message: dict[str, Any] = {"message_id": number, "date": 1_700_000_000, "chat": {"id": chat, **kind}}
    if person is not None:
        message["from"] = {"id": person, "is_bot": False, "first_name": "Somebody", "language_code": "en"}
    found = [("mention", match) for match in re.finditer(r"(?<!\w)@\w{3,}", text)]
    if command := re.match(r"/\w+(@\w+)?", text):
        found = [("bot_command", command), *(one for one in found if one[1].start() >= command.end())]
    message["text"] = text
    message["entities"] = [
        {"type": kind, "offset": _units(text[: match.start()]), "length": _units(match.group())}
        for kind, match in found
    ]
    return message | fields


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
