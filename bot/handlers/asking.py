"""Questions: from a message to an answer in the place where it was asked.

The handler table sends questions here; the answer service finds the quotes, rendering writes them down.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import replace

from telegram import Message, Update
from telegram.ext import ContextTypes

from bot.handlers.addressing import asker_of, read_question, read_selection, read_told
from bot.handlers.calling import Calling
from bot.handlers.choosing import may_choose
from bot.handlers.views import explain_no_answer, make_answer_keyboard
from bot.language.remarks import Remark, find_remark
from bot.language.texts import Phrasebook
from bot.memory.conversations import Conversations, Conversing
from bot.memory.preferences import Preferences
from bot.memory.state import State
from bot.messages.composing import Message as RenderedMessage
from bot.messages.pairing import choose_shown, show_part
from bot.messages.rendering import render_answer
from bot.scheduling.answering import AnswerService
from bot.scheduling.limiting import Limiter, Verdict
from bot.scheduling.queueing import Ticket
from bot.scheduling.rebuilding import IndexBuild, describe_progress
from bot.sending.delivery import Place, place_of, reply, send_messages
from bot.sending.pacing import in_turn
from bot.sending.signs import show_typing
from bot.settings import BotSettings
from index.answers import Answer, NoAnswer, Question, Reason
from index.errors import NoIndexError
from index.questions.turns import Turn, make_turn, turn_about

_LOG = logging.getLogger(__name__)

_REMARKS = {Remark.STOP: "ask.stop", Remark.DOUBT: "ask.doubt"}  # remarks that have a line of their own
_ALBUMS = 100  # of photos sent together, of which it is known that one has been met

Observer = Callable[[Answer | NoAnswer | None], None]
"""Told the outcome of each question; None where it could not be answered at all."""


class UnverifiedError(Exception):
    """Not one quote of an answer equals its text any more; the user is told of a failure."""


class Asking:
    """Answers questions.

    Args:
        build: tells whether the index is being built, where there is none yet.
        observe: told each outcome, after it was sent.
    """

    def __init__(
        self,
        service: AnswerService,
        state: State,
        settings: BotSettings,
        build: IndexBuild,
        preferences: Preferences,
        conversations: Conversations,
        observe: Observer = lambda outcome: None,
    ) -> None:
        self._service = service
        self._state = state
        self._settings = settings
        self._build = build
        self._preferences = preferences
        self._conversations = conversations
        self._observe = observe
        self._calling = Calling(service, state)
        self._people = Limiter(settings.questions_per_person)
        self._chats = Limiter(settings.questions_per_chat)
        self._overheard = Limiter(settings.questions_per_chat)  # apart: refusing them is not told
        self._albums: deque[str] = deque(maxlen=_ALBUMS)

    async def answer_message(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer a message that is addressed to the bot."""
        message = update.effective_message
        if message is None:
            return
        self._note_album(message)
        phrases = self._preferences.phrases_of(message)
        question = read_question(message)
        if not await self.admit(message, question, phrases, "ask.empty"):
            return
        if await self._calling.show_called(message, question, phrases):
            return
        if remark := find_remark(question):
            await reply(message, answer_remark(remark, phrases))
        else:
            await self._answer(message, question, phrases)

    async def answer_overheard(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer a question that was put to a group at large, where there is a sure answer.

        Nobody asked the bot: where it has nothing sure to say, or may not answer, it keeps silent.
        """
        message = update.effective_message
        if message is None or not await self._may_join_in(message):
            return
        question = read_question(message)
        turns, about = await self._find_earlier(message, question)
        result: Answer | NoAnswer | None = None
        try:
            ticket = self._service.join_queue(message.chat.id)
            result = await self._service.answer(question, turns, about, ticket=ticket)
            if isinstance(result, Answer) and result.sure and not _is_small_talk(result.question):
                await self._reply(message, result, self._preferences.phrases_of(message))
        except NoIndexError:
            _LOG.debug("a question was overheard while there is no index")
        finally:
            self._observe(result)

    async def _may_join_in(self, message: Message) -> bool:
        """Whether to look for an answer to an overheard message: its sender and its length allow it."""
        length = len(read_question(message))
        if not 0 < length <= self._settings.max_question:
            return False
        if self._overheard.admit(message.chat.id) is not Verdict.ADMITTED:
            return False
        return not self._preferences.of(message.chat.id).admins_only or await may_choose(message)

    async def admit(self, message: Message, question: str, phrases: Phrasebook, empty: str) -> bool:
        """Count a question and return whether to answer it; where not, its asker has been told.

        Args:
            empty: key of what to say where nothing is asked.
        """
        verdict = self._count(message)
        if verdict is not Verdict.ADMITTED:
            refusal = phrases.say("ask.too_many") if verdict is Verdict.REFUSED else ""
        elif self._preferences.of(message.chat.id).admins_only and not await may_choose(message):
            refusal = phrases.say("ask.admins_only")
        elif not question:
            refusal = phrases.say(empty)
        elif len(question) > self._settings.max_question:
            refusal = phrases.say_too_long("ask.too_long", len(question), self._settings.max_question)
        else:
            return True
        if refusal:
            await reply(message, refusal)
        return False

    def _count(self, message: Message) -> Verdict:
        """Count a question against its asker's and its chat's limit, and return what becomes of it."""
        verdict = self.count_person(asker_of(message))
        return self._chats.admit(message.chat.id) if verdict is Verdict.ADMITTED else verdict

    def count_person(self, person: int) -> Verdict:
        """Count a question of a person, wherever it was asked, and return what becomes of it."""
        return self._people.admit(person)

    async def decline_other(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say kindly that only text can be read; of an album once, and not where its words were asked."""
        message = update.effective_message
        if message is not None and self._note_album(message):
            phrases = self._preferences.phrases_of(message)
            await reply(message, phrases.say("ask.text_only"))

    def _note_album(self, message: Message) -> bool:
        """Note the album that a message belongs to, and say whether this is its first message, or of none."""
        album = message.media_group_id
        if album is None:
            return True
        known = album in self._albums
        self._albums.append(album)
        return not known

    async def _answer(self, message: Message, question: str, phrases: Phrasebook) -> None:
        outcome: Answer | NoAnswer | None = None
        try:
            outcome = await self._respond(message, question, phrases)
        except NoIndexError:
            await reply(message, self.explain_missing_index(phrases))
        finally:
            self._observe(outcome)

    async def _respond(self, message: Message, question: str, phrases: Phrasebook) -> Answer | NoAnswer:
        """Find the answer, showing that the bot is at it, and send it."""
        bot, place = message.get_bot(), place_of(message)
        turns, about = await self._find_earlier(message, question)
        ticket = self._service.join_queue(message.chat.id)
        async with show_typing(bot, place, lambda: describe_wait(ticket, phrases)):
            result = await self._service.answer(question, turns, about, ticket=ticket)
        await self._reply(message, result, phrases)
        return result

    async def _reply(self, message: Message, result: Answer | NoAnswer, phrases: Phrasebook) -> None:
        """Send the outcome of a question, and remember the turn for what may follow it up."""
        place = place_of(message)
        with in_turn():
            if isinstance(result, Answer):
                sent = await self._send_answer(message, place, result, phrases)
            else:
                sent = await self.send_no_answer(message, place, result, phrases)
        if sent is not None:
            await self._conversations.remember(converse_of(message), make_turn(result), sent.message_id)

    async def _find_earlier(self, message: Message, question: str) -> tuple[tuple[Turn, ...], str | None]:
        """Return what a question may follow up: earlier turns, newest last, and the words selected for it.

        A reply follows up what it replies to, whoever asked or wrote that; otherwise it is the person's own
        conversation in this place.
        """
        about = read_selection(message)
        if about == question:  # nothing else is asked
            about = None
        replied = message.reply_to_message
        if replied is not None:
            turn = await self._conversations.find_answered(message.chat.id, replied.message_id)
            told = read_told(message)
            if turn is None and told and told != question:
                turn = turn_about(told)
            if turn is not None:
                return (turn,), about
        return await self._conversations.recall(converse_of(message)), about

    async def _send_answer(
        self, message: Message, place: Place, answer: Answer, phrases: Phrasebook
    ) -> Message | None:
        """Render, verify every shown quote against the database, and send what stood the test."""
        limit = self._preferences.of(message.chat.id).quotes or self._settings.shown_quotes
        messages, answer = await render_verified(self._service, answer, limit, phrases)
        kept = await self._state.keep_answer(asker_of(message), answer, limit)
        return await send_messages(message.get_bot(), place, messages, make_answer_keyboard(kept, phrases))

    async def send_no_answer(
        self,
        message: Message,
        place: Place,
        none: NoAnswer,
        phrases: Phrasebook,
        *,
        is_topic: bool = False,
    ) -> Message | None:
        """Say why there is no answer, or no timeline of a topic, and offer the nearest reports."""
        text = await explain_no_answer(none, self._service, phrases, is_topic=is_topic)
        keyboard = None
        if none.nearest:
            kept = await self._state.keep_answer(asker_of(message), none, len(none.nearest))
            keyboard = make_answer_keyboard(kept, phrases)
        return await send_messages(message.get_bot(), place, [text], keyboard)

    def explain_missing_index(self, phrases: Phrasebook) -> str:
        """Return why nothing can be answered yet: the index is being built, or there is none."""
        if not self._build.running:
            return phrases.say("ask.no_index")
        return phrases.say("ask.building", progress=describe_progress(self._build.progress, phrases))


def answer_remark(remark: Remark, phrases: Phrasebook) -> str:
    """Return the line that answers what is no question."""
    key = _REMARKS.get(remark)
    return phrases.say(key) if key else phrases.name_reason(Reason.NOT_A_QUESTION)


def _is_small_talk(question: Question) -> bool:
    """Whether people ask so of each other: "what happened yesterday?", of no topic and of no outlet."""
    return question.anything and not question.outlets


def describe_wait(ticket: Ticket, phrases: Phrasebook) -> str:
    """Return what the bot is at with a question: looking, or how many are before it."""
    return phrases.say("ask.queued", n=ticket.place) if ticket.place else phrases.say("ask.working")


async def render_verified(
    service: AnswerService, answer: Answer, limit: int, phrases: Phrasebook
) -> tuple[tuple[RenderedMessage, ...], Answer]:
    """Return the messages that show an answer, and the answer without the quotes that failed verification.

    Each quote is compared with its text after it was rendered; where one differs, another takes its place.

    Args:
        limit: quotes to show; the other side of a dispute comes on top.

    Raises:
        UnverifiedError: where not one quote is left.
    """
    quotes = answer.quotes
    while True:  # each round drops at least one quote
        shown = choose_shown(replace(answer, quotes=quotes), limit)
        if not shown:
            raise UnverifiedError(f"none of {len(answer.quotes)} quotes equals its text")
        dropped = len(answer.quotes) - len(quotes)
        part = show_part(answer, shown, await service.count_reports(shown))
        messages = render_answer(part, phrases, dropped=dropped)
        verified = await service.keep_verified(shown)
        if len(verified) == len(shown):
            return messages, replace(answer, quotes=quotes)
        quotes = tuple(quote for quote in quotes if quote not in shown or quote in verified)


def converse_of(message: Message) -> Conversing:
    """Return whose conversation a message belongs to."""
    place = place_of(message)
    return Conversing(place.chat, place.thread, asker_of(message))
