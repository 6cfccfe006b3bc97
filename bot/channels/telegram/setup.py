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

DESCRIPTION = _("Questions about municipal partnerships for sustainability and the partnership conferences are answered here, "
                "with source and date. You can also check step by step whether your partnership can take part.")
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


async def introduce(bot: Bot) -> None:
    """Shows commands, descriptions and the menu button; whatever fails is logged and left."""
    shown = await asyncio.to_thread(fronts)
    await _each("commands", (_commands(bot, one) for one in shown))
    await _each("description", (_description(bot, one) for one in shown))
    await _each("short description", (_short(bot, one) for one in shown))
    await _each("menu button", [_menu_button(bot)])


async def _each(what: str, steps: Iterable[Callable[[], Awaitable[None]]]) -> None:
    """Carries out the steps of one kind; the first failure that is not about its words ends them."""
    for step in steps:
        try:
            await _patiently(step)
        except BadRequest as error:
            log.warning("telegram: not shown in one language", what=what, error=str(error))
        except TelegramError as error:
            log.warning("telegram: not shown", what=what, error=str(error))
            return


async def _patiently(step: Callable[[], Awaitable[None]]) -> None:
    try:
        await step()
    except SlowDown as told:
        if told.seconds > LONGEST_WAIT:
            raise
        await asyncio.sleep(told.seconds)
        await step()


def _commands(bot: Bot, shown: Front) -> Callable[[], Awaitable[None]]:
    async def step() -> None:
        if await bot.get_my_commands(language_code=shown.code) != shown.commands:
            await bot.set_my_commands(shown.commands, language_code=shown.code)
    return step


def _description(bot: Bot, shown: Front) -> Callable[[], Awaitable[None]]:
    async def step() -> None:
        if (await bot.get_my_description(shown.code)).description != shown.description:
            await bot.set_my_description(shown.description, shown.code)
    return step


def _short(bot: Bot, shown: Front) -> Callable[[], Awaitable[None]]:
    async def step() -> None:
        if (await bot.get_my_short_description(shown.code)).short_description != shown.short:
            await bot.set_my_short_description(shown.short, shown.code)
    return step


def _menu_button(bot: Bot) -> Callable[[], Awaitable[None]]:
    async def step() -> None:
        button = MenuButtonCommands()
        if await bot.get_chat_menu_button() != button:
            await bot.set_chat_menu_button(menu_button=button)
    return step


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
