"""What people see before they write: the menu of commands and two descriptions, per language. All of it is optional.

Each call is left out where Telegram already shows the same, and given up where a server does not know it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

import structlog
from telegram import Bot, BotCommand, MenuButtonCommands
from telegram.error import BadRequest, TelegramError

from flows.commands import ENTRIES
from locales import SOURCE_LANGUAGE, _, languages, words

from .requests import SlowDown

log = structlog.get_logger()
# core.telegram.org/bots/api#botcommand, #setmydescription, #setmyshortdescription
MOST_ABOUT, MOST_DESCRIPTION, MOST_SHORT = 256, 512, 120
LONGEST_WAIT = 60.0  # seconds of silence that are still waited for

# Translators: at most 512 characters
DESCRIPTION = _("Questions about municipal partnerships for sustainability and the partnership conferences are answered here, "
                "with source and date. You can also check step by step whether your partnership can take part.")
# Translators: at most 120 characters
SHORT = _("Answers about municipal partnerships and partnership conferences, with source and date.")


@dataclass(frozen=True)
class Front:
    """What is shown in one language; `code` is None for everybody whose language is not shipped."""

    code: str | None
    commands: tuple[BotCommand, ...]
    description: str
    short: str


def fronts() -> list[Front]:
    """One front per shipped language that Telegram can tell apart (two letters), and the English one for all others."""
    return [front(SOURCE_LANGUAGE, None), *(front(code, code) for code in languages() if len(code) == 2)]


def front(language: str, code: str | None) -> Front:
    """The front in a language's own words."""
    spoken = words(language)
    commands = tuple(BotCommand(entry.name, _cut(spoken.render(entry.about), MOST_ABOUT)) for entry in ENTRIES if entry.in_menu)
    return Front(code, commands, _cut(spoken.render(DESCRIPTION), MOST_DESCRIPTION), _cut(spoken.render(SHORT), MOST_SHORT))


@dataclass(frozen=True)
class Showing:
    """One kind of thing to show: whether it differs from what is there, and how to set it."""

    what: str
    differs: Callable[[Front], Awaitable[bool]]
    put: Callable[[Front], Awaitable[object]]


async def introduce(bot: Bot) -> None:
    """Shows commands, descriptions and the menu button; whatever fails is logged and left."""
    shown = await asyncio.to_thread(fronts)
    for showing in (_commands(bot), _description(bot), _short(bot)):
        await _show(showing, shown)
    await _show(_menu_button(bot), shown[:1])


async def _show(showing: Showing, fronts: Iterable[Front]) -> None:
    """Sets what differs; the first failure that is not about its words ends it for all languages."""
    can_look = True
    for front in fronts:
        can_look, differs = await _look(showing, front) if can_look else (False, True)
        if not differs:
            continue
        try:
            await _patiently(showing, front)
        except BadRequest as error:
            log.warning("telegram: not shown in one language", what=showing.what, language=front.code, error=str(error))
        except TelegramError as error:
            log.warning("telegram: not shown", what=showing.what, error=str(error))
            return


async def _look(showing: Showing, front: Front) -> tuple[bool, bool]:
    """Whether the server tells what is shown now, and whether that differs."""
    try:
        return True, await showing.differs(front)
    except (TelegramError, AttributeError, KeyError, TypeError, ValueError):
        return False, True


async def _patiently(showing: Showing, front: Front) -> None:
    try:
        await showing.put(front)
    except SlowDown as told:
        if told.seconds > LONGEST_WAIT:
            raise
        await asyncio.sleep(told.seconds)
        await showing.put(front)


def _commands(bot: Bot) -> Showing:
    async def differs(front: Front) -> bool:
        return await bot.get_my_commands(language_code=front.code) != front.commands
    return Showing("commands", differs, lambda front: bot.set_my_commands(front.commands, language_code=front.code))


def _description(bot: Bot) -> Showing:
    async def differs(front: Front) -> bool:
        return (await bot.get_my_description(front.code)).description != front.description
    return Showing("description", differs, lambda front: bot.set_my_description(front.description, front.code))


def _short(bot: Bot) -> Showing:
    async def differs(front: Front) -> bool:
        return (await bot.get_my_short_description(front.code)).short_description != front.short
    return Showing("short description", differs, lambda front: bot.set_my_short_description(front.short, front.code))


def _menu_button(bot: Bot) -> Showing:
    async def differs(front: Front) -> bool:
        return await bot.get_chat_menu_button() != MenuButtonCommands()
    return Showing("menu button", differs, lambda front: bot.set_chat_menu_button(menu_button=MenuButtonCommands()))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
