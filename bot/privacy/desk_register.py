"""What is kept of the office's own work: deeds, settings, faults, copies. Of people who write, it holds nothing."""

from __future__ import annotations

from collections.abc import Mapping

from .entries import ALWAYS, NUMBER, Entry, Record, own
from .retention import STATISTICS

DESK: Mapping[str, Record] = {
    "audit": Record("To know who of the team did what.", f"{STATISTICS.days} days", {
        "id": Entry(NUMBER),
        "staff_id": own("who did it"),
        "name": own("their name as it then was"),
        "action": Entry("what was done"),
        "kind": Entry("to what kind of thing"),
        "subject": Entry("to which one; a number or name that says nothing once that is erased"),
        "before": Entry("how it was, without what people wrote"),
        "after": Entry("how it is since, without what people wrote"),
        "at": own("when"),
    }),
    "setting": Record("To say what the team has set; nothing is overwritten, so it can be undone.", ALWAYS, {
        "id": Entry(NUMBER),
        "name": Entry("what is set"),
        "language": Entry("in which language"),
        "value": Entry("to what"),
        "staff_id": own("who set it"),
        "at": own("when"),
    }),
    "fault": Record("To notice that something goes wrong.", "until a hundred newer ones have come", {
        "id": Entry(NUMBER),
        "event": Entry("what was being done"),
        "error": Entry("the kind of fault"),
        "place": Entry("where in the program"),
        "replica": Entry("in which process"),
        "at": Entry("when"),
    }),
    "backup": Record("To notice that no copy is made.", "the last hundred", {
        "id": Entry(NUMBER),
        "at": Entry("when it was made"),
        "bytes": Entry("how large it is"),
    }),
}
