"""After a press: the app's waiting circle ends at once, and the message shows what was chosen instead of its buttons."""

from __future__ import annotations

from html import escape

from telegram import Bot, CallbackQuery, InlineKeyboardMarkup, LinkPreviewOptions, Message
from telegram.constants import ParseMode

from .splitting import MOST_UNITS, units

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


async def acknowledge(bot: Bot, query: CallbackQuery) -> None:
    """Ends the waiting circle on the button."""
    await bot.answer_callback_query(query.id)


async def show_choice(bot: Bot, query: CallbackQuery) -> None:
    """Writes the pressed label under the message and takes the buttons away."""
    message = query.message
    if not isinstance(message, Message):
        return  # too old: Telegram no longer gives its text
    label = pressed_label(message.reply_markup, query.data)
    if label is None:
        return
    if message.text is None or units(message.text) + units(label) + 4 > MOST_UNITS:
        await bot.edit_message_reply_markup(message.chat.id, message.message_id, reply_markup=None)
        return
    await bot.edit_message_text(f"{message.text_html}\n\n✓ {escape(label, quote=False)}", message.chat.id, message.message_id,
                                parse_mode=ParseMode.HTML, link_preview_options=NO_PREVIEW, reply_markup=None)


def pressed_label(shown: InlineKeyboardMarkup | None, data: str | None) -> str | None:
    """The label of the button with this id, as the message shows it."""
    rows = shown.inline_keyboard if shown is not None else ()
    return next((button.text for row in rows for button in row if button.callback_data == data), None)
