"""What the bot says about itself: /start, /help, /sources and /privacy.

Reached from the handler table, in private chats and in groups alike.
"""

from __future__ import annotations

from telegram import Message, Update
from telegram.ext import ContextTypes

from bot.handlers.addressing import is_private
from bot.handlers.administration import is_admin
from bot.handlers.asking import Asking
from bot.handlers.opening import Opening
from bot.language.texts import Phrasebook
from bot.memory.preferences import Preferences
from bot.messages.composing import BOLD, Block, Composer, pack_blocks
from bot.messages.declining import write_freshness
from bot.scheduling.answering import AnswerService
from bot.sending.delivery import place_of, send_messages
from bot.settings import BotSettings
from index.datatypes import IndexStatus, OutletSummary
from index.errors import NoIndexError

EVERYONE_COMMANDS = (
    "ask",
    "who",
    "timeline",
    "watch",
    "watches",
    "sources",
    "settings",
    "help",
    "privacy",
    "forgetme",
)
ADMIN_COMMANDS = ("rebuild", "status", "why")

_LISTED_OUTLETS = 60


class Introducing:
    """Says what the bot is, what it has read and what it keeps."""

    def __init__(
        self,
        service: AnswerService,
        settings: BotSettings,
        asking: Asking,
        preferences: Preferences,
        opening: Opening,
    ) -> None:
        self._service = service
        self._settings = settings
        self._asking = asking
        self._preferences = preferences
        self._opening = opening

    async def greet(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/start: open what a link leads to, else say how to ask; while there is no admin, tell one's id."""
        message = update.effective_message
        if message is None or message.from_user is None:
            return
        if context.args and await self._opening.open_link(message, context.args[0]):
            return
        phrases = self._preferences.phrases_of(message)
        lines = [phrases.say(f"start.{part}") for part in ("greeting", "example", "more")]
        if is_private(message) and not self._settings.admins:
            lines.append(phrases.say("start.no_admin", id=message.from_user.id))
        await _send(message, [Block(line) for line in lines])

    async def help(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/help: what the bot can do and how to read an answer."""
        message = update.effective_message
        if message is not None:
            await _send(message, self._describe_help(message, self._preferences.phrases_of(message)))

    async def explain_unknown(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Any other command: say that there is none of that name, and where to find those that there are."""
        message = update.effective_message
        if message is not None:
            await _send(message, [Block(self._preferences.phrases_of(message).say("help.unknown"))])

    def _describe_help(self, message: Message, phrases: Phrasebook) -> list[Block]:
        bot = message.get_bot()
        blocks = [Composer().add(phrases.say("help.head"), BOLD).build()]
        me = bot.bot  # with BotFather's settings
        group = "group" if me.can_read_all_group_messages else "group_unseen"
        inline = ["inline"] if me.supports_inline_queries else []
        guest = ["guest"] if me.supports_guest_queries else []
        parts = ["private", group, *inline, *guest, "answers", "words"]
        blocks += [Block(phrases.say(f"help.{part}", username=bot.username)) for part in parts]
        blocks += _list_commands("help.commands", EVERYONE_COMMANDS, phrases)
        if is_admin(message, self._settings) and is_private(message):
            blocks += _list_commands("help.admin", ADMIN_COMMANDS, phrases)
        return blocks

    async def list_sources(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/sources: what is indexed, by outlet, from when to when, and how fresh it is."""
        message = update.effective_message
        if message is None:
            return
        phrases = self._preferences.phrases_of(message)
        try:
            outlets, status = await self._service.outlets(), await self._service.status()
        except NoIndexError:
            await _send(message, [Block(self._asking.explain_missing_index(phrases))])
            return
        await _send(message, render_sources(outlets, status, phrases))

    async def explain_privacy(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/privacy: what is kept, for how long, and how to have it deleted."""
        message = update.effective_message
        if message is None:
            return
        phrases = self._preferences.phrases_of(message)
        texts = [
            phrases.say("privacy.answers", days=self._settings.retention_days),
            phrases.say("privacy.votes"),
            phrases.say("privacy.votes_kept", days=self._settings.vote_days),
            phrases.say("privacy.settings"),
            phrases.say("privacy.watches"),
            *self._explain_conversations(phrases),
            *(phrases.say(f"privacy.{part}") for part in ("guest", "transit", "nothing_else")),
            *(phrases.say(f"privacy.{part}") for part in ("sealed", "forget")),
        ]
        head = Composer().add(phrases.say("privacy.head"), BOLD).build()
        await _send(message, [head, *(Block(text) for text in texts)])

    def _explain_conversations(self, phrases: Phrasebook) -> list[str]:
        minutes = self._settings.follow_up_minutes
        return [phrases.say("privacy.conversation", minutes=minutes)] if minutes else []


def render_sources(
    outlets: tuple[OutletSummary, ...], status: IndexStatus, phrases: Phrasebook
) -> list[Block]:
    """Return what is indexed: the largest outlets first, then how fresh the index is."""
    blocks = [Composer().add(phrases.count("sources.head", status.articles), BOLD).build()]
    ordered = sorted(outlets, key=lambda one: (one.outlet is None, -one.articles, one.outlet or ""))
    for summary in ordered[:_LISTED_OUTLETS]:
        name = summary.outlet or phrases.say("source.no_outlet")
        days = phrases.write_range(summary.oldest, summary.newest)
        blocks.append(Block(phrases.count("sources.line", summary.articles, outlet=name, range=days), gap=1))
    if len(ordered) > _LISTED_OUTLETS:
        blocks.append(Block(phrases.count("sources.more", len(ordered) - _LISTED_OUTLETS), gap=1))
    return [*blocks, Block(write_freshness(status, phrases))]


def _list_commands(head: str, commands: tuple[str, ...], phrases: Phrasebook) -> list[Block]:
    lines = [f"/{name} – {phrases.say(f'command.{name}')}" for name in commands]
    return [Composer().add(phrases.say(head), BOLD).build(), *(Block(line, gap=1) for line in lines)]


async def _send(message: Message, blocks: list[Block]) -> None:
    await send_messages(message.get_bot(), place_of(message), pack_blocks(blocks))
