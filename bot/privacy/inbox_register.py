"""What is kept of the inbox: what people and the team wrote to each other about an enquiry, and who sees to it."""

from __future__ import annotations

from collections.abc import Mapping

from .entries import ALWAYS, NUMBER, Entry, Record, own

WITH_ENQUIRY = "as long as the enquiry"

INBOX: Mapping[str, Record] = {
    "enquiry_entry": Record("To answer an enquiry, and to know what was said and done about it.", WITH_ENQUIRY, {
        "id": own(NUMBER),
        "enquiry_id": own("which enquiry"),
        "kind": own("who wrote it, or that it is a note of the team's or something the team has done"),
        "staff_id": own("who of the team wrote or did it"),
        "text": own("what was written, or what was done"),
        "at": own("when"),
        "key": own("the channel's name of the message that led to it, so that it counts once"),
        "searched": own("its words in small letters, so that they are found"),
    }),
    "enquiry_read": Record("To show each of the team what is new to them.", WITH_ENQUIRY, {
        "enquiry_id": own("which enquiry"),
        "staff_id": own("who of the team has read it"),
        "entry": own("up to which entry"),
    }),
    "enquiry_assignee": Record("To know who of the team sees to an enquiry.", WITH_ENQUIRY, {
        "enquiry_id": own("which enquiry"),
        "staff_id": own("who of the team"),
    }),
    "enquiry_tag": Record("To sort enquiries by what they are about.", WITH_ENQUIRY, {
        "id": own(NUMBER),
        "enquiry_id": own("which enquiry"),
        "tag": own("the team's word for it"),
    }),
    "canned_reply": Record("To answer what is often asked in the same words.", ALWAYS, {
        "id": Entry(NUMBER),
        "title": Entry("what the team calls it"),
        "language": Entry("its language"),
        "text": Entry("its words; nothing of any person's"),
        "staff_id": own("who wrote it last"),
        "at": own("when"),
    }),
}
