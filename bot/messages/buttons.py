"""Buttons: what stands under an answer and its views."""

from __future__ import annotations

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import InlineKeyboardButtonLimit

from bot.language.texts import Phrasebook
from bot.messages.composing import count_units
from bot.messages.presses import Press, View, Vote, write_press
from index.answers import Quote

_LABELS = {
    View.CONTEXT: "button.context",
    View.MORE: "button.more",
    View.OTHER_SIDE: "button.other_side",
    View.NEAREST: "button.nearest",
    View.TIMELINE: "button.timeline",
    View.TEXT: "button.text",
}
_IN_A_ROW = 3  # views; more would be cut short on a phone


def make_keyboard(
    at: Press,
    pages: int,
    offered: tuple[View, ...],
    phrases: Phrasebook,
    *,
    copy: str | None = None,
    link: str | None = None,
) -> InlineKeyboardMarkup | None:
    """Return the keyboard under an answer or one of its views; None where there is nothing to press.

    Args:
        at: the view and the page that are shown.
        pages: pages of that view; above one, arrows lead through them.
        offered: the views that this answer has, besides itself.
        copy: the quote that a button copies, None for no such button.
        link: the deep link to the view that a button copies, None for no such button.
    """

    def button(label: str, action: View | Vote, to_page: int = 0) -> InlineKeyboardButton:
        return InlineKeyboardButton(label, callback_data=write_press(Press(action, at.token, to_page)))

    rows: list[list[InlineKeyboardButton]] = []
    if at.action is View.ANSWER:
        views = [button(phrases.say(_LABELS[other]), other) for other in offered]
        size = len(views) if len(views) <= _IN_A_ROW else (len(views) + 1) // 2
        rows.extend(views[start : start + size] for start in range(0, len(views), max(size, 1)))
        last: list[InlineKeyboardButton] = []
        if copy is not None:
            last.append(InlineKeyboardButton(phrases.say("button.copy"), copy_text=CopyTextButton(copy)))
        if View.NEAREST not in offered:
            last.append(button(phrases.say("button.up"), Vote.UP))
            last.append(button(phrases.say("button.down"), Vote.DOWN))
        rows.append(last)
    else:
        if pages > 1:
            rows.append(
                [
                    button("‹", at.action, (at.page - 1) % pages),
                    button(f"{at.page + 1}/{pages}", at.action, at.page),
                    button("›", at.action, (at.page + 1) % pages),
                ]
            )
        below = []
        if at.action not in (View.SAID, View.TEXT):  # which have no answer behind them
            below.append(button(phrases.say("button.back"), View.ANSWER))
        if link is not None:
            below.append(InlineKeyboardButton(phrases.say("button.link"), copy_text=CopyTextButton(link)))
        rows.append(below)
    rows = [row for row in rows if row]
    return InlineKeyboardMarkup(rows) if rows else None


def make_text_button(token: str, phrases: Phrasebook) -> InlineKeyboardMarkup:
    """Return the keyboard under a chart: the button that leads to the same in words."""
    label, data = phrases.say(_LABELS[View.TEXT]), write_press(Press(View.TEXT, token))
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=data)]])


def choose_copy(quotes: tuple[Quote, ...]) -> str | None:
    """Return the best quote's text where a button can copy it: at most 256 characters."""
    if not quotes or count_units(quotes[0].text) > InlineKeyboardButtonLimit.MAX_COPY_TEXT:
        return None
    return quotes[0].text
