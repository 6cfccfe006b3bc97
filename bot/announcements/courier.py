"""Sends what this replica has claimed, each message in its slot, and remembers what became of it until the next tick saves it.

A slot that cannot be used in time is given back: the message waits for another one, and nothing is sent in a burst.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.messages import Announcer, Blocked, Notice, NotYet, Refused, TooFast

from .claim import Claim
from .outcome import Outcome, Settled
from .rate import Passage, Slots, Window

log = structlog.get_logger()
LATE = 0.1  # seconds after which a slot is lost
MOST_ATTEMPTS = 12
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 300.0  # seconds before a failed message is tried again
NO_ANSWER = 30.0  # seconds that one try may take


@dataclass(frozen=True)
class Parcel:
    """A claim with its message, ready to go."""

    claim: Claim
    notice: Notice


@dataclass
class Unsaved:
    """What the tick has to save: results, the names of new files by announcement, and the seconds of silence Telegram wants."""

    outcomes: list[Outcome] = field(default_factory=list)
    files: dict[int, str] = field(default_factory=dict)
    hush: float = 0.0


class Courier:
    """The sending side of one replica; `fresh` tells whether its claims are still its own."""

    def __init__(self, announcers: Mapping[str, Announcer], window: Window, now: Callable[[], datetime],
                 fresh: Callable[[], bool]) -> None:
        self._announcers, self._window, self._now, self._fresh = announcers, window, now, fresh
        self._slotted: deque[tuple[float, Parcel]] = deque()
        self._without_slot: list[Parcel] = []
        self._unsaved = Unsaved()
        self._sending: dict[asyncio.Task[None], Parcel] = {}
        self._hush_until = 0.0
        self._slots = asyncio.Event()
        self.wake = asyncio.Event()

    @property
    def outstanding(self) -> int:
        """Claims whose result is not saved yet."""
        return len(self._slotted) + len(self._without_slot) + len(self._sending) + len(self._unsaved.outcomes)

    @property
    def lead(self) -> float:
        """Seconds until the last reserved slot."""
        return self._slotted[-1][0] - self._time() if self._slotted else 0.0

    @property
    def held(self) -> set[tuple[int, int]]:
        """The claims in hand or not saved yet, by announcement and chat."""
        parcels = [*(parcel for _slot, parcel in self._slotted), *self._without_slot, *self._sending.values()]
        return ({(parcel.claim.announcement, parcel.claim.chat) for parcel in parcels}
                | {(outcome.announcement, outcome.chat) for outcome in self._unsaved.outcomes})

    def take_unsaved(self) -> Unsaved:
        """What the next tick has to save."""
        taken, self._unsaved = self._unsaved, Unsaved()
        return taken

    def take_without_slot(self) -> list[Parcel]:
        """Those whose slot has passed, to be given another one."""
        taken, self._without_slot = self._without_slot, []
        return taken

    def put_back(self, taken: Unsaved, late: Sequence[Parcel]) -> None:
        """The tick failed; all is kept for the next one."""
        taken.outcomes.extend(self._unsaved.outcomes)
        taken.files.update(self._unsaved.files)
        taken.hush = max(taken.hush, self._unsaved.hush)
        self._unsaved = taken
        self._without_slot.extend(late)

    def keep_only(self, running: Collection[int]) -> None:
        """Gives back the claims of announcements that have been paused or cancelled, and all if they may not be ours."""
        if not self._fresh():
            running = ()
        self._give_back([parcel for _slot, parcel in self._slotted if parcel.claim.announcement not in running])
        self._give_back([parcel for parcel in self._without_slot if parcel.claim.announcement not in running])
        self._slotted = deque(pair for pair in self._slotted if pair[1].claim.announcement in running)
        self._without_slot = [parcel for parcel in self._without_slot if parcel.claim.announcement in running]

    def accept(self, parcels: Sequence[Parcel], slots: Slots) -> None:
        """Takes committed claims over, each with its slot."""
        now = self._time()
        self._slotted.extend((now + slots.offset(number), parcel) for number, parcel in enumerate(parcels))
        self._slots.set()

    async def run(self) -> None:
        """Sends in the order of slots for as long as it runs."""
        while True:
            while not self._slotted:
                self._slots.clear()
                await self._slots.wait()
            slot, parcel = self._slotted[0]
            wait = max(slot - self._time(), self._window.wait(self._time()))
            if wait > 0:
                await asyncio.sleep(wait)
                continue  # the head may have been given back meanwhile
            self._slotted.popleft()
            self._use(slot, parcel)

    async def finish(self, patience: float) -> None:
        """Waits a little for what is on its way; what has not begun is given back."""
        self._give_back([parcel for _slot, parcel in self._slotted])
        self._give_back(self._without_slot)
        self._slotted.clear()
        self._without_slot = []
        if self._sending:
            await asyncio.wait(self._sending, timeout=patience)

    def _use(self, slot: float, parcel: Parcel) -> None:
        now = self._time()
        if not self._fresh():
            self._give_back([parcel])
        elif now < self._hush_until or now > slot + LATE:
            self._without_slot.append(parcel)
            self.wake.set()
        else:
            task = asyncio.create_task(self._send(parcel, self._window.note(now)))
            self._sending[task] = parcel
            task.add_done_callback(self._sent)

    def _sent(self, task: asyncio.Task[None]) -> None:
        del self._sending[task]
        self.wake.set()

    async def _send(self, parcel: Parcel, passage: Passage) -> None:
        claim = parcel.claim
        try:
            async with asyncio.timeout(NO_ANSWER):
                file_id = await self._announcers[claim.handle.partition(":")[0]].announce(parcel.notice)
        except Blocked:
            self._note(claim, "blocked")
        except Refused as refusal:
            self._note(claim, "failed", str(refusal))
        except NotYet as early:
            self._again(claim, early.seconds, "", unsent=True)
        except TooFast as told:
            self._hush(told.seconds)
            self._again(claim, 0.0, "", unsent=True)
        except Exception as error:  # noqa: BLE001  whatever it was, the row says so and is tried again
            self._failed(claim, f"{type(error).__name__}: {error}".strip(": "))
        else:
            self._window.arrived(passage, self._time())
            self._note(claim, "sent")
            if file_id:
                self._unsaved.files[claim.announcement] = file_id

    def _failed(self, claim: Claim, reason: str) -> None:
        if claim.attempts >= MOST_ATTEMPTS:
            self._note(claim, "failed", reason)
        else:
            self._again(claim, min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (claim.attempts - 1)), reason)

    def _note(self, claim: Claim, state: Settled, reason: str = "") -> None:
        self._unsaved.outcomes.append(Outcome(claim.announcement, claim.chat, state, reason))

    def _again(self, claim: Claim, seconds: float, reason: str, *, unsent: bool = False) -> None:
        later = self._now() + timedelta(seconds=seconds)
        self._unsaved.outcomes.append(Outcome(claim.announcement, claim.chat, "waiting", reason, later, unsent))

    def _give_back(self, parcels: Sequence[Parcel]) -> None:
        for parcel in parcels:
            self._again(parcel.claim, 0.0, "", unsent=True)

    def _hush(self, seconds: float) -> None:
        log.warning("announcements wait: Telegram asks for patience", seconds=seconds)
        self._hush_until = max(self._hush_until, self._time() + seconds)
        self._unsaved.hush = max(self._unsaved.hush, seconds)

    @staticmethod
    def _time() -> float:
        return asyncio.get_running_loop().time()
