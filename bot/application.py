"""The application: its collaborators, the one handler table, and what happens on errors.

run_bot.py builds it, with Telegram's network or the terminal as the request class; serving runs it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from telegram import LinkPreviewOptions, Update
from telegram.constants import UpdateType
from telegram.error import BadRequest, Conflict, NetworkError, TelegramError
from telegram.ext import (
    Application,
    ApplicationBuilder,
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    Defaults,
    InlineQueryHandler,
    MessageHandler,
    filters,
)
from telegram.request import BaseRequest, HTTPXRequest

from bot.handlers.addressing import (
    ASKED_IN_CAPTION,
    FROM_PERSON,
    HELP_WORD,
    NO_COMMAND,
    TO_BOT,
    OpenQuestion,
    awaits_reply,
)
from bot.handlers.administration import Administration
from bot.handlers.alerting import Alerting
from bot.handlers.asking import Asking, Observer
from bot.handlers.charting import CHART_PATTERN, Charting
from bot.handlers.choosing import MENU_PATTERN, Choosing
from bot.handlers.explaining import Explaining
from bot.handlers.forgetting import FORGET_PATTERN, Forgetting
from bot.handlers.inline import Inlining, answer_inline
from bot.handlers.introducing import Introducing
from bot.handlers.listing import Listing
from bot.handlers.membership import Membership
from bot.handlers.opening import Opening
from bot.handlers.pressing import Pressing, answer_query
from bot.handlers.visiting import Visiting, send_as_guest
from bot.handlers.watching import WATCH_PATTERN, Watching
from bot.memory.arrivals import Arrivals
from bot.memory.conversations import Conversations
from bot.memory.preferences import Preferences
from bot.memory.state import State
from bot.memory.watches import Watches
from bot.messages.composing import plain_message
from bot.scheduling.answering import AnswerService
from bot.scheduling.ordering import OrderedUpdateProcessor
from bot.scheduling.rebuilding import IndexBuild
from bot.sending.delivery import reply
from bot.sending.pacing import Pacing
from bot.settings import BotSettings

_LOG = logging.getLogger(__name__)

ALLOWED_UPDATES = (
    UpdateType.MESSAGE,
    UpdateType.CALLBACK_QUERY,
    UpdateType.INLINE_QUERY,
    UpdateType.GUEST_MESSAGE,
    UpdateType.MY_CHAT_MEMBER,
)
"""What Telegram is asked to send: no edits, no channel posts."""

_CONNECTIONS = 256  # to Telegram at once; far more than its rates let through

AnyApplication = Application[Any, Any, Any, Any, Any, Any]


class UpdatesRequest(HTTPXRequest):
    """Brings updates by polling; of one that cannot be read it keeps the number, by which it is confirmed.

    The library reads all updates of an answer or none, and would be given the same ones for ever. A local
    server of an earlier Bot API leaves out fields that it demands, as in any poll that somebody sends.
    """

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return Telegram's answer, of which every update can be read."""
        answer = HTTPXRequest.parse_json_payload(payload)
        if isinstance(answer.get("result"), list):
            answer["result"] = [_keep_readable(content) for content in answer["result"]]
        return answer


@dataclass(frozen=True, slots=True)
class Collaborators:
    """What the handlers work with; made by the composition root, and in tests by hand.

    Attributes:
        clock: seconds since 1970, by which alerts come.
    """

    service: AnswerService
    state: State
    settings: BotSettings
    build: IndexBuild
    preferences: Preferences
    conversations: Conversations
    arrivals: Arrivals | None = None
    clock: Callable[[], float] = time.time
    watches: Watches = field(init=False)
    alerting: Alerting = field(init=False)

    def __post_init__(self) -> None:
        """Make what is made of the others."""
        watches = Watches(self.state, self.clock)
        alerting = Alerting(self.service, self.state, self.settings, self.preferences, watches, self.clock)
        object.__setattr__(self, "watches", watches)
        object.__setattr__(self, "alerting", alerting)


def build_application(
    collaborators: Collaborators,
    token: str,
    *,
    request: BaseRequest | None = None,
    updates_request: BaseRequest | None = None,
    flood_control: bool = True,
    observe: Observer = lambda outcome: None,
) -> AnyApplication:
    """Return the application with all its handlers; nothing is sent before it is initialised.

    Args:
        token: Telegram's, or any text of its shape for the terminal.
        request: in place of Telegram's network.
        updates_request: the same for getUpdates.
        flood_control: whether to keep to Telegram's rates and to wait when it asks for patience.
        observe: told the outcome of each question.
    """
    settings = collaborators.settings
    handlers = make_handlers(collaborators, observe)
    processor = OrderedUpdateProcessor(
        settings.concurrent_updates,
        collaborators.preferences,
        collaborators.arrivals,
        lambda update: any(handler.check_update(update) not in (None, False) for handler in handlers),
    )
    builder = (
        ApplicationBuilder()
        .token(token)
        .defaults(Defaults(link_preview_options=LinkPreviewOptions(is_disabled=True)))
        .concurrent_updates(processor)
    )
    if settings.api_url:
        base = settings.api_url.rstrip("/")
        builder = builder.base_url(f"{base}/bot").base_file_url(f"{base}/file/bot")
    if request is None:
        # The default of one second for a place in the pool fails under load.
        request = HTTPXRequest(connection_pool_size=_CONNECTIONS, pool_timeout=30.0, read_timeout=20.0)
    if flood_control:
        limiter = Pacing(settings.retries)
        builder = builder.rate_limiter(limiter)  # type: ignore[arg-type]  # typed for no arguments
    builder = builder.request(request)
    builder = builder.get_updates_request(
        updates_request or UpdatesRequest(connection_pool_size=2, pool_timeout=30.0)
    )
    application: AnyApplication = builder.build()
    application.add_handlers(handlers)
    application.add_error_handler(partial(handle_error, preferences=collaborators.preferences))
    return application


def make_handlers(collaborators: Collaborators, observe: Observer) -> Sequence[BaseHandler[Any, Any, Any]]:
    """Return the handler table; the first handler that fits an update gets it."""
    service, state, settings = collaborators.service, collaborators.state, collaborators.settings
    build, preferences, conversations = (
        collaborators.build,
        collaborators.preferences,
        collaborators.conversations,
    )
    asking = Asking(service, state, settings, build, preferences, conversations, observe)
    opening = Opening(service, state, preferences)
    watches, alerting = collaborators.watches, collaborators.alerting
    introducing = Introducing(service, settings, asking, preferences, opening)
    forgetting = Forgetting(state, preferences, conversations, watches)
    administration = Administration(service, state, settings, build, preferences)
    pressing = Pressing(service, state, preferences)
    choosing = Choosing(preferences, settings)
    membership = Membership(preferences, conversations, watches)
    watching = Watching(watches, alerting, state, settings, asking, preferences)
    listing = Listing(service, state, settings, asking, preferences)
    charting = Charting(service, state, asking, preferences, conversations)
    explaining = Explaining(service, state, settings, preferences, conversations)
    inlining = Inlining(service, settings, preferences)
    visiting = Visiting(service, settings, asking, preferences)

    new = filters.UpdateType.MESSAGE & FROM_PERSON  # an edited message is not answered twice
    private, group = filters.ChatType.PRIVATE, filters.ChatType.GROUPS
    written = filters.TEXT | filters.CAPTION
    commands = {
        "start": introducing.greet,
        "help": introducing.help,
        "sources": introducing.list_sources,
        "privacy": introducing.explain_privacy,
        "forgetme": forgetting.ask,
        "ask": asking.answer_message,
        "who": listing.list_sayings,
        "timeline": charting.show_topic,
        "watch": watching.watch,
        "watches": watching.list_watches,
        "settings": choosing.show_menu,
        "rebuild": administration.rebuild,
        "status": administration.show_status,
        "why": explaining.explain,
    }
    return [
        *(CommandHandler(name, handler, new) for name, handler in commands.items()),
        MessageHandler(new & (private | (group & TO_BOT)) & HELP_WORD, introducing.help),
        MessageHandler(new & private & written & NO_COMMAND, asking.answer_message),
        MessageHandler(new & group & written & (TO_BOT | ASKED_IN_CAPTION), asking.answer_message),
        MessageHandler(new & group & written & OpenQuestion(preferences), asking.answer_overheard),
        # Below the questions: what is addressed to the bot and cannot be read, or is no command of its own.
        MessageHandler(new & private & filters.COMMAND, introducing.explain_unknown),
        MessageHandler(new & private & ~filters.StatusUpdate.ALL, asking.decline_other),
        CallbackQueryHandler(choosing.take_press, MENU_PATTERN),
        CallbackQueryHandler(watching.take_press, WATCH_PATTERN),
        CallbackQueryHandler(charting.take_press, CHART_PATTERN),
        CallbackQueryHandler(forgetting.take_press, FORGET_PATTERN),
        CallbackQueryHandler(pressing.answer_press),
        InlineQueryHandler(inlining.answer_query),
        MessageHandler(filters.UpdateType.GUEST_MESSAGE & FROM_PERSON, visiting.answer_mention),
        MessageHandler(filters.StatusUpdate.MIGRATE, membership.follow_migration),
        ChatMemberHandler(membership.follow_change, ChatMemberHandler.MY_CHAT_MEMBER),
    ]


def _keep_readable(content: dict[str, Any]) -> dict[str, Any]:
    """Return an update as it came, or what is left of one that cannot be read: its number."""
    try:
        Update.de_json(content, None)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        name = type(error).__name__  # its text may hold what was written
        _LOG.error("update %s cannot be read and is left out: %s", content["update_id"], name)
        return {"update_id": content["update_id"]}
    return content


async def handle_error(update: object, context: ContextTypes.DEFAULT_TYPE, preferences: Preferences) -> None:
    """Log an error first, then apologise to whoever waits for an answer, and to nobody else."""
    error = context.error
    if isinstance(error, Conflict):
        _LOG.error("another process polls with the same token; only one may: %s", error.message)
        return
    if update is None and isinstance(error, NetworkError):
        _LOG.warning("no updates from Telegram just now: %s", type(error).__name__)
        return
    _LOG.error("an update failed: %s", _describe_update(update), exc_info=error)
    if not isinstance(update, Update):
        return
    try:
        await _apologise(update, error, preferences)
    except TelegramError as refusal:
        _LOG.warning("no apology could be sent: %s", type(refusal).__name__)


async def _apologise(update: Update, error: Exception | None, preferences: Preferences) -> None:
    chat, person = update.effective_chat, update.effective_user
    place = chat or person  # an inline query has no chat; a private chat's number is the person's
    phrases = preferences.phrases_for(place.id if place else None, person.language_code if person else None)
    text = phrases.say("ask.failed")
    if update.callback_query is not None:
        await answer_query(update.callback_query, text, alert=True)
    elif update.inline_query is not None:
        await answer_inline(update.inline_query, phrases.say("inline.failed"), cache=0)
    elif update.guest_message is not None:
        await send_as_guest(update.guest_message, plain_message(text), phrases)
    elif update.message is not None and awaits_reply(update.message):
        message = update.message
        if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
            text = phrases.say("ask.lost")  # what was sent may have arrived all the same
        await reply(message, text)


def _describe_update(update: object) -> str:
    """Return what kind of update it was, without a word of its text."""
    if not isinstance(update, Update):
        return type(update).__name__
    kinds = (kind for kind in ALLOWED_UPDATES if getattr(update, kind, None) is not None)
    return f"{next(kinds, 'update')} {update.update_id}"
