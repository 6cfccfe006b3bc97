"""What is kept of announcements: what was said to whom, once each, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping

from .entries import ALWAYS, NUMBER, Entry, Record, own

WITH_DELIVERY = "180 days after the announcement ended, or until the person erases it"
WITH_SUBSCRIPTION = "until the person leaves all announcements or erases it"
COUNTED = Entry("how many, kept beside the rows so that a progress bar need not count them")

ANNOUNCEMENTS: Mapping[str, Record] = {
    "announcement": Record("To send an announcement and to report on it.", ALWAYS, {
        "id": Entry("the announcement's number"),
        "state": Entry("how far it is"),
        "topic": Entry("what it is about"),
        "source": Entry("as the team composed it: texts, buttons, audience, times"),
        "author_id": own("who of the team composed it"),
        "approver_id": own("who of the team approved it"),
        "created_at": Entry("when it was composed"),
        "start_at": Entry("when it is to begin"),
        "started_at": Entry("when it began"),
        "paused_at": Entry("since when it is paused"),
        "ended_at": Entry("when it ended"),
        "filled": Entry("whether all recipients are known"),
        **dict.fromkeys(("total", "sent", "failed", "blocked", "left", "doubtful", "clicked", "departed", "registered"), COUNTED),
    }),
    "announcement_file": Record("To send a picture or document along.", ALWAYS, {
        "announcement_id": Entry("with which announcement"),
        "kind": Entry("picture or document"),
        "name": Entry("the file's name"),
        "content": Entry("the file"),
        "key": Entry("its secret address in the web chat"),
        "file_id": Entry("what Telegram calls it"),
    }),
    "delivery": Record("To send an announcement to each person once, and to see whether it helped.", WITH_DELIVERY, {
        "announcement_id": own("which announcement"),
        "chat_id": own("to which chat"),
        "channel": own("over which channel"),
        "state": own("what has become of it"),
        "not_before": own("when it may be sent"),
        "owner": own("which process is sending it"),
        "attempts": own("how often it was tried"),
        "doubtful": own("whether it may have come twice"),
        "at": own("when it was settled"),
        "reason": own("why it failed"),
        "clicked": own("which button was pressed"),
        "departed_at": own("when the person left through it"),
        "registered_at": own("when the person registered through it"),
    }),
    "rate": Record("To send no faster than is allowed.", ALWAYS, {
        "name": Entry("of what"),
        "taken_until": Entry("up to when sending slots are taken"),
        "slow_until": Entry("until when to go slowly"),
    }),
    "segment": Record("To choose the same audience again.", ALWAYS, {
        "id": Entry(NUMBER),
        "name": Entry("what the team calls it"),
        "audience": Entry("whom it describes"),
        "created_at": Entry("since when"),
    }),
    "listener": Record("To send only what concerns the person.", WITH_SUBSCRIPTION, {
        "chat_id": own("which chat"),
        "side": own("which side they are on"),
        "country": own("which country they are in"),
        "partner": own("which country their partner is in"),
        "name": own("how they wish to be addressed"),
        "at": own("since when"),
    }),
}
