"""One update's way in, the same for polling and webhook: read, hand to the engine in the chat's order, show the choice."""

from __future__ import annotations

import asyncio
from collections import OrderedDict

import structlog
from telegram import CallbackQuery, Update

from bot.messages import Inbound
from flows.turn import Unreadable

from .api import JSON, Api
from .errands import Errands
from .incoming import CHANNEL, Me, Moved, Reach, Taken, TeamAnswer, is_anothers, take
from .intake import Intake, Presence, Team
from .lanes import Lanes
from .presses import acknowledge, show_choice

log = structlog.get_logger()
MOST_REMEMBERED = 1000


class Reception:
    """Takes updates in; `heard` holds the newest message of each person in a group, to reply to."""

    def __init__(self, api: Api, errands: Errands, me: Me, group: int | None = None) -> None:
        self._api, self._errands, self.me, self._group = api, errands, me, group
        self.introduced = asyncio.Event()
        self.heard: OrderedDict[str, int] = OrderedDict()
        self._albums: OrderedDict[str, int] = OrderedDict()  # the update that each album began with
        self._lanes = Lanes()
        self._intake: Intake | None = None
        self._presence: Presence | None = None
        self._team: Team | None = None

    def open(self, intake: Intake, presence: Presence | None, team: Team | None = None) -> None:
        """From now on updates go to this engine, and what the team replies in its group to `team`."""
        self._intake, self._presence, self._team = intake, presence, team

    async def receive(self, update: JSON) -> None:
        """Returns once the update is durable, or needs no answer.

        Raises what the engine raises: then the update is not acknowledged.
        """
        await self.introduced.wait()
        try:
            read = Update.de_json(update, self._api)
            taken = take(read, self.me, self._group)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            # An update of an unknown shape would come back for ever if it were refused.
            log.warning("telegram: unreadable update", update=update.get("update_id"), error=type(error).__name__)
            return
        query = read.callback_query
        if query is not None:
            self._errands.run("answer a press", acknowledge(self._api, query))
        if taken is not None and not self._is_more_of_an_album(read, taken):
            await self._hand_over(taken, query)

    async def _hand_over(self, taken: Taken, query: CallbackQuery | None) -> None:
        if isinstance(taken, TeamAnswer):
            await self._answer_team(taken)
            return
        if not isinstance(taken, Inbound):
            await self._tell(taken)
            return
        assert self._intake is not None, "no update comes before `open`"
        if taken.external and "/" in taken.address:
            _remember(self.heard, taken.address, int(taken.external))
        async with self._lanes.turn(taken.address):
            await self._intake.submit(taken)
        if query is not None and not is_anothers(query):
            self._errands.run("show a choice", show_choice(self._api, query))

    async def _answer_team(self, answer: TeamAnswer) -> None:
        assert self._team is not None, "a group of the team's comes with somebody who takes its answers in"
        said = await self._team.answered(f"{CHANNEL}:{answer.person}", answer.told, answer.text, answer.key)
        if said:
            saying = self._api.say(answer.group, said, as_html=False, reply_to=answer.message)
            self._errands.run("answer the team", saying)

    async def _tell(self, news: Reach | Moved) -> None:
        if isinstance(news, Moved) and news.old == self._group:
            log.warning("telegram: the team's group has a new number; set STAFF_TELEGRAM_GROUP to it", number=news.new)
            self._group = news.new
        if self._presence is None:
            return
        match news:
            case Reach(chat, is_open):
                await self._presence.reached(f"{CHANNEL}:{chat}", is_open)
            case Moved(old, new):
                await self._presence.moved(f"{CHANNEL}:{old}", f"{CHANNEL}:{new}")

    def _is_more_of_an_album(self, update: Update, taken: Taken) -> bool:
        """Ten pictures sent at once are ten messages; one polite answer is enough."""
        album = update.message.media_group_id if update.message else None
        if album is None or not isinstance(taken, Inbound) or not isinstance(taken.incoming, Unreadable):
            return False
        if album not in self._albums:
            _remember(self._albums, album, update.update_id)
        return self._albums[album] != update.update_id


def _remember(kept: OrderedDict[str, int], key: str, value: int) -> None:
    kept[key] = value
    kept.move_to_end(key)
    if len(kept) > MOST_REMEMBERED:
        kept.popitem(last=False)
