"""The Bot API as this channel calls it: python-telegram-bot on our own connections.

What is read back stays JSON and is hardly looked at: a message counts as sent when the server says so, however little it tells
about it, and an update that cannot be read does not hold up the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache
from typing import Any, cast

from telegram import Bot, InlineKeyboardMarkup, InputFile, ReplyParameters
from telegram.constants import ParseMode

from bot.messages import Attachment

from .requests import AiohttpRequest

TELEGRAM = "https://api.telegram.org"
NO_PREVIEW = '{"is_disabled":true}'
JSON = dict[str, Any]


class Api(Bot):
    """The few calls of a dialogue."""

    async def updates(self, offset: int | None, wait: timedelta, kinds: Sequence[str]) -> list[JSON]:
        """The updates from `offset` on; waits for the first one as long as it is told."""
        seconds = int(wait.total_seconds())
        asked = {"offset": offset, "timeout": seconds, "allowed_updates": list(kinds)}
        return cast("list[JSON]", await self._post("getUpdates", asked, read_timeout=seconds + 10))

    async def own_name(self) -> str | None:
        """The bot's username."""
        own = await self._post("getMe")
        return own.get("username") if isinstance(own, dict) else None

    async def say(self, chat: int, text: str, *, as_html: bool = True, keyboard: InlineKeyboardMarkup | None = None,
                  topic: int | None = None, reply_to: int | None = None) -> None:
        """Sends a text, without a preview of its links."""
        reply = ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None
        await self._post("sendMessage", {
            "chat_id": chat, "text": text, "parse_mode": ParseMode.HTML if as_html else None, "reply_markup": _packed(keyboard),
            "link_preview_options": NO_PREVIEW, "message_thread_id": topic, "reply_parameters": reply})

    async def show(self, chat: int, attachment: Attachment, caption: str, keyboard: InlineKeyboardMarkup | None,
                   topic: int | None) -> str | None:
        """Sends a picture or document with its caption; returns the name under which Telegram keeps it."""
        method, field = ("sendPhoto", "photo") if attachment.kind == "picture" else ("sendDocument", "document")
        sent = await self._post(method, {
            "chat_id": chat, field: attachment.file_id or InputFile(attachment.content, filename=attachment.name),
            "caption": caption, "parse_mode": ParseMode.HTML, "reply_markup": _packed(keyboard), "message_thread_id": topic})
        return _file_id(sent.get(field)) if isinstance(sent, dict) else None

    async def reword(self, chat: int, message: int, html: str) -> None:
        """Changes a message of the bot's and takes its buttons away."""
        await self._post("editMessageText", {"chat_id": chat, "message_id": message, "text": html, "parse_mode": ParseMode.HTML,
                                             "link_preview_options": NO_PREVIEW})

    async def take_buttons_away(self, chat: int, message: int) -> None:
        """Leaves the message without its buttons."""
        await self._post("editMessageReplyMarkup", {"chat_id": chat, "message_id": message})


def connect(token: str, api_url: str = TELEGRAM) -> Api:
    """The bot of this token on that server; calls nothing yet."""
    connections = AiohttpRequest()
    return Api(token, base_url=f"{api_url.rstrip('/')}/bot", base_file_url=f"{api_url.rstrip('/')}/file/bot",
               request=connections, get_updates_request=connections)


@lru_cache(maxsize=1024)
def _packed(keyboard: InlineKeyboardMarkup | None) -> str | None:
    """The buttons as they are sent: the same ones go to many."""
    return None if keyboard is None else keyboard.to_json()


def _file_id(shown: object) -> str | None:
    """The id of a document, or of a picture's largest size."""
    largest = shown[-1] if isinstance(shown, list) and shown else shown
    found = largest.get("file_id") if isinstance(largest, dict) else None
    return found if isinstance(found, str) else None
