"""The register's part on what is counted each day and on what the team keeps up."""

from __future__ import annotations

from collections.abc import Mapping

from .entries import ALWAYS, NUMBER, Entry, Record, own

EDITING: Mapping[str, Record] = {
    "daily_count": Record("To see what is asked and where dialogues are left, without knowing by whom.", ALWAYS, {
        "kind": Entry("what happened, such as an answered question"),
        "day": Entry("on which day"),
        "key": Entry("which answer, or which step of which dialogue"),
        "language": Entry("the chat's language"),
        "channel": Entry("Telegram, web or terminal"),
        "country": Entry("the country that was named, if one was"),
        "words": Entry("the dialogue's question, never an answer"),
        "number": Entry("how often"),
    }),
    "source_check": Record("To know when somebody last looked whether a source still says the same.", ALWAYS, {
        "id": Entry(NUMBER),
        "source": Entry("which source"),
        "checked_on": Entry("on which day"),
        "staff_id": own("who looked"),
        "at": own("when"),
    }),
    "dac_version": Record("To tell a country's standing on any day by the list that held then.", ALWAYS, {
        "id": Entry(NUMBER),
        "list_date": Entry("the list's own date"),
        "valid_from": Entry("from which day it holds"),
        "source": Entry("where it is from"),
        "rows": Entry("the countries and their income groups"),
        "state": Entry("a draft, published or withdrawn"),
        "staff_id": own("who uploaded it"),
        "at": own("when"),
        "publisher_id": own("who published it"),
        "published_at": own("when"),
    }),
}
