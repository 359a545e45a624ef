"""The views behind an answer's buttons: which an answer has, and what each shows.

Between the state that keeps the answer and the handler that edits its message.
"""

from __future__ import annotations

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.language.texts import Phrasebook
from bot.memory.keeping import KeptAnswer
from bot.messages.buttons import choose_copy, make_keyboard, make_text_button
from bot.messages.captions import render_timeline
from bot.messages.composing import Message
from bot.messages.declining import render_no_answer
from bot.messages.digests import STOP, UNDER_DIGEST, render_digest, write_watch_press
from bot.messages.pairing import is_disputed, show_part
from bot.messages.presses import Press, View
from bot.messages.rendering import render_answer, render_context, render_quotes
from bot.messages.sayings import render_sayings
from bot.scheduling.answering import AnswerService
from index.answers import Answer, NoAnswer, Quote
from index.timeline import Timeline


def list_views(kept: KeptAnswer) -> tuple[View, ...]:
    """Return the views that an answer offers besides itself."""
    if kept.opens is View.SAID:
        return ()
    if kept.opens is View.TIMELINE:
        return (View.TEXT,)
    if not isinstance(kept.result, Answer):
        return (View.NEAREST,) if kept.quotes else ()
    views = [View.CONTEXT]
    if _list_more(kept):
        views.append(View.MORE)
    if kept.result.disputed and _list_other_side(kept.first_quotes):
        views.append(View.OTHER_SIDE)
    if kept.result.has_timeline:
        views.append(View.TIMELINE)
    return tuple(views)


def opening_view(kept: KeptAnswer) -> View:
    """Return the view that Back and links lead to: what its message shows at first, a chart in words."""
    return {View.DIGEST: View.ANSWER, View.TIMELINE: View.TEXT}.get(kept.opens, kept.opens)


def make_answer_keyboard(kept: KeptAnswer, phrases: Phrasebook) -> InlineKeyboardMarkup | None:
    """Return the keyboard under what was sent; under a digest, also the button that stops its watch."""
    if kept.opens is View.SAID:  # whose pages have keyboards of their own
        return None
    if kept.opens is View.TIMELINE:
        return make_text_button(kept.token, phrases)
    at = Press(View.ANSWER, kept.token)
    keyboard = make_keyboard(at, 1, list_views(kept), phrases, copy=choose_copy(kept.first_quotes))
    if kept.opens is not View.DIGEST:
        return keyboard
    data = write_watch_press(STOP, UNDER_DIGEST, kept.token)
    stop = InlineKeyboardButton(phrases.say("button.stop_watch"), callback_data=data)
    return InlineKeyboardMarkup([*(keyboard.inline_keyboard if keyboard else ()), [stop]])


async def render_view(
    kept: KeptAnswer, view: View, service: AnswerService, phrases: Phrasebook
) -> tuple[Message, ...]:
    """Return the pages of a view, each quote verified anew; empty where no quote of it is left."""
    result = kept.result
    if view is View.ANSWER:
        if not isinstance(result, Answer):
            return (await explain_no_answer(result, service, phrases),)
        if kept.opens is View.DIGEST:
            quotes = await service.keep_verified(kept.first_quotes)
            return render_digest(result, quotes, phrases) if quotes else ()
        return await _render_answer(result, kept.first_quotes, service, phrases)
    if view is View.SAID:
        quotes = await service.keep_verified(kept.quotes)
        return render_sayings(result.question.text, quotes, kept.shown, phrases)
    if view in (View.TIMELINE, View.TEXT):
        timeline = await service.timeline(result.question.understood)
        return render_timeline(timeline, phrases) if isinstance(timeline, Timeline) else ()
    if view is View.CONTEXT:
        return await _render_contexts(kept, service, phrases)
    head, chosen = {
        View.MORE: ("view.more", _list_more(kept)),
        View.OTHER_SIDE: ("answer.other_side", _list_other_side(kept.quotes)),
        View.NEAREST: ("view.nearest", kept.quotes),
    }[view]
    quotes = await service.keep_verified(chosen)
    if not quotes:
        return ()
    disputed = isinstance(result, Answer) and is_disputed(result, quotes)
    title = phrases.say(head)
    if disputed and view is View.MORE:
        title = f"{phrases.say('answer.disputed')} · {title}"
    return render_quotes(title, quotes, kept.quotes, phrases, disputed=disputed)


async def explain_no_answer(
    none: NoAnswer, service: AnswerService, phrases: Phrasebook, *, is_topic: bool = False
) -> Message:
    """Return why there is no answer, or no timeline of a topic, and how fresh the index is now."""
    # A topic is mostly names and nouns, too little to tell a language by.
    understood = is_topic or await service.understands(none.question.asked)
    status = await service.status()
    return render_no_answer(none, status, phrases, understood=understood, is_topic=is_topic)


async def _render_answer(
    answer: Answer, shown: tuple[Quote, ...], service: AnswerService, phrases: Phrasebook
) -> tuple[Message, ...]:
    verified = await service.keep_verified(shown)
    if not verified:
        return ()
    part = show_part(answer, verified, await service.count_reports(verified))
    return render_answer(part, phrases, dropped=len(shown) - len(verified))


async def _render_contexts(
    kept: KeptAnswer, service: AnswerService, phrases: Phrasebook
) -> tuple[Message, ...]:
    """Return one page for each quote that is shown; a quote too long for a page takes several."""
    disputed = isinstance(kept.result, Answer) and kept.result.disputed
    pages: list[Message] = []
    for quote in await service.keep_verified(kept.first_quotes):
        around = await service.context(quote)
        if around is not None:
            pages.extend(render_context(quote, around, kept.quotes, phrases, disputed=disputed))
    return tuple(pages)


def _list_more(kept: KeptAnswer) -> tuple[Quote, ...]:
    shown = kept.first_quotes
    return tuple(quote for quote in kept.quotes if quote not in shown)


def _list_other_side(quotes: tuple[Quote, ...]) -> tuple[Quote, ...]:
    """Return the quotes on the side that the best quote is not on."""
    paired = tuple(quote for quote in quotes if quote.pair is not None)
    return tuple(quote for quote in paired if quote.side != paired[0].side)
