"""After a press: the app's waiting circle ends at once, and the message shows what was chosen instead of its buttons."""

from __future__ import annotations

from html import escape

from telegram import CallbackQuery, InlineKeyboardMarkup, Message

from .api import Api
from .splitting import MOST_UNITS, units


async def acknowledge(api: Api, query: CallbackQuery) -> None:
    """Ends the waiting circle on the button."""
    await api.answer_callback_query(query.id)


async def show_choice(api: Api, query: CallbackQuery) -> None:
    """Writes the pressed label under the message and takes the buttons away."""
    message = query.message
    if not isinstance(message, Message):
        return  # too old: Telegram no longer gives its text
    label = pressed_label(message.reply_markup, query.data)
    if label is None:
        return
    if message.text is None or units(message.text) + units(label) + 4 > MOST_UNITS:
        await api.take_buttons_away(message.chat.id, message.message_id)
        return
    await api.reword(message.chat.id, message.message_id, f"{message.text_html}\n\n✓ {escape(label, quote=False)}")


def pressed_label(shown: InlineKeyboardMarkup | None, data: str | None) -> str | None:
    """The label of the button with this id, as the message shows it."""
    rows = shown.inline_keyboard if shown is not None else ()
    return next((button.text for row in rows for button in row if button.callback_data == data), None)
