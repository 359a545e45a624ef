"""For admins: /rebuild with a progress message that is edited in place, and /status.

Who is an admin is checked at every command, from the configuration alone.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence

from telegram import Message, Update
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.language.texts import Phrasebook
from bot.memory.preferences import Preferences
from bot.memory.state import State
from bot.messages.citing import clip_line
from bot.messages.composing import BOLD, Block, Composer, pack_blocks, plain_message
from bot.messages.composing import Message as ComposedMessage
from bot.scheduling.answering import AnswerService
from bot.scheduling.rebuilding import BuildStoppedError, IndexBuild, Progress, describe_progress
from bot.sending.delivery import edit_message, place_of, reply, send_messages
from bot.settings import BotSettings
from index.datatypes import BuildSummary, Moment
from index.errors import BuildRunningError, NoIndexError, OnrecordError
from index.texts.addresses import hide_secrets

_LOG = logging.getLogger(__name__)

EDIT_INTERVAL = 3.0
"""Seconds between two edits of a progress message; Telegram allows some twenty a minute in a group."""

_NAMED_FAILURES = _NAMED_SOURCES = 20
_SOURCE_CHARACTERS, _REASON_CHARACTERS = 80, 100


class Administration:
    """Rebuilds the index and tells its state."""

    def __init__(
        self,
        service: AnswerService,
        state: State,
        settings: BotSettings,
        build: IndexBuild,
        preferences: Preferences,
    ) -> None:
        self._service = service
        self._state = state
        self._settings = settings
        self._build = build
        self._preferences = preferences

    async def rebuild(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/rebuild: start a build in the background; its message ends as a summary."""
        message = update.effective_message
        if message is None:
            return
        phrases = self._preferences.phrases_of(message)
        if not is_admin(message, self._settings):
            await reply(message, phrases.say("admin.only"))
        elif self._build.running:
            progress = describe_progress(self._build.progress, phrases)
            await reply(message, phrases.say("rebuild.running", progress=progress))
        else:
            started = plain_message(phrases.say("rebuild.started"))
            sent = await send_messages(message.get_bot(), place_of(message), [started])
            # Not awaited: the chat's next message must not wait for the end of the build.
            context.application.create_task(self._rebuild(sent or message, sent is not None, phrases), update)

    async def show_status(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/status: what the index holds, what the bot keeps, whether a build is running."""
        message = update.effective_message
        if message is None:
            return
        phrases = self._preferences.phrases_of(message)
        if not is_admin(message, self._settings):
            await reply(message, phrases.say("admin.only"))
            return
        blocks = [Composer().add(phrases.say("status.head"), BOLD).build()]
        blocks += [Block(line, gap=1) for line in await self._describe_index(phrases)]
        counts = await self._state.count()
        blocks.append(Block(phrases.say("status.answers", n=phrases.write_number(counts.answers))))
        blocks.append(Block(phrases.say("status.votes", up=counts.up, down=counts.down), gap=1))
        if self._build.running:
            progress = describe_progress(self._build.progress, phrases)
            blocks.append(Block(phrases.say("status.building", progress=progress)))
        await send_messages(message.get_bot(), place_of(message), pack_blocks(blocks))

    async def _rebuild(self, target: Message, editable: bool, phrases: Phrasebook) -> None:
        """Build, and keep the message at the state of things."""
        shown_at, shown = time.monotonic(), ""

        async def show(progress: Progress) -> None:
            nonlocal shown_at, shown
            text = describe_progress(progress, phrases)
            if not editable or text == shown or time.monotonic() - shown_at < EDIT_INTERVAL:
                return
            shown_at, shown = time.monotonic(), text
            await _replace(target, plain_message(f"{phrases.say('rebuild.started')}\n\n{text}"))

        try:
            summary = await self._build.run(show)
            await self._service.status()  # opens the new generation before the summary says that it is there
            end = render_summary(summary, phrases)
        except BuildRunningError:
            end = plain_message(phrases.say("rebuild.running", progress=phrases.say("rebuild.starting")))
        except BuildStoppedError:
            end = plain_message(phrases.say("rebuild.cancelled"))
        except OnrecordError as error:
            _LOG.error("the rebuild failed: %s", error)
            end = plain_message(phrases.say("rebuild.failed", reason=hide_secrets(str(error))[:1000]))
        except asyncio.CancelledError:
            end = plain_message(phrases.say("rebuild.cancelled"))
            await self._finish(target, editable, end)
            raise
        await self._finish(target, editable, end)

    async def _finish(self, target: Message, editable: bool, end: ComposedMessage) -> None:
        """Turn the progress message into the summary, or send that anew where it cannot be edited."""
        if not (editable and await _replace(target, end)):
            await send_messages(target.get_bot(), place_of(target), [end])

    async def _describe_index(self, phrases: Phrasebook) -> list[str]:
        try:
            status = await self._service.status()
        except NoIndexError:
            return [phrases.say("ask.no_index")]
        built = phrases.write_moment(Moment.at(status.built))
        return [
            phrases.say("status.index", generation=status.generation, built=built),
            phrases.say(
                "status.size",
                articles=phrases.write_number(status.articles),
                passages=phrases.write_number(status.passages),
                statements=phrases.write_number(status.statements),
            ),
            phrases.say("status.range", range=phrases.write_range(status.oldest, status.newest)),
            phrases.say("status.model", model=status.model),
            *_list_added(status.added, phrases),
        ]


def is_admin(message: Message, settings: BotSettings) -> bool:
    """Whether an admin of the bot, as the configuration names them, wrote a message."""
    return message.from_user is not None and message.from_user.id in settings.admins


def _list_added(sources: Sequence[str], phrases: Phrasebook) -> list[str]:
    """Return the sources that were added by hand, oldest first, or how many more there are."""
    if not sources:
        return []
    lines = [phrases.count("status.added", len(sources))]
    lines += [f"– {_name_source(source)}" for source in sources[:_NAMED_SOURCES]]
    rest = len(sources) - _NAMED_SOURCES
    return [*lines, phrases.count("status.more_added", rest)] if rest > 0 else lines


def _name_source(source: str) -> str:
    """Return a path or address in one line, without secrets; of a long one the end, which tells more."""
    line = " ".join(hide_secrets(source).split())
    return line if len(line) <= _SOURCE_CHARACTERS else f"…{line[1 - _SOURCE_CHARACTERS :]}"


def render_summary(summary: BuildSummary, phrases: Phrasebook) -> ComposedMessage:
    """Return what a build changed, and what failed with its reason."""
    changed = summary.added or summary.changed or summary.removed
    head = "rebuild.done" if changed else "rebuild.unchanged"
    composer = Composer().add(phrases.say(head, generation=summary.generation), BOLD).add("\n")
    composer.add(
        phrases.say(
            "rebuild.counts",
            added=phrases.write_number(summary.added),
            changed=phrases.write_number(summary.changed),
            removed=phrases.write_number(summary.removed),
            unchanged=phrases.write_number(summary.unchanged),
            failed=phrases.write_number(len(summary.failures)),
        )
    ).add("\n")
    composer.add(
        phrases.say(
            "rebuild.work",
            passages=phrases.write_number(summary.passages),
            embedded=phrases.write_number(summary.embedded),
            seconds=phrases.write_number(round(summary.seconds, 1)),
        )
    )
    if summary.failures:
        composer.add("\n\n").add(phrases.say("rebuild.failures"), BOLD)
        for failure in summary.failures[:_NAMED_FAILURES]:
            reason = clip_line(hide_secrets(failure.reason), _REASON_CHARACTERS)
            composer.add(f"\n{_name_source(failure.source)}: {reason}")
        rest = len(summary.failures) - _NAMED_FAILURES
        if rest > 0:
            composer.add("\n").add(phrases.count("rebuild.more_failures", rest))
    return pack_blocks([composer.build()])[0]


async def _replace(target: Message, text: ComposedMessage) -> bool:
    """Replace a message's text and say whether it surely was; no trouble with that ends a build."""
    try:
        return await edit_message(target.get_bot(), target.chat.id, target.message_id, text)
    except TelegramError as error:
        _LOG.warning("a build's message could not be edited: %s", type(error).__name__)
        return False
