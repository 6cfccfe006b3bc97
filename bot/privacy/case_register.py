"""What is kept of partnerships' cases: the municipalities' work, and who did it."""

from __future__ import annotations

from collections.abc import Mapping

from .entries import ALWAYS, NUMBER, Entry, Record, own
from .retention import ABANDONED_CASES, WAITING_DOCUMENTS

WITH_CASE = f"as long as somebody works on the case, and {ABANDONED_CASES.days} days after everybody has left it"
WITH_MEMBER = "as long as the case, or until the person erases it"

CASES: Mapping[str, Record] = {
    "partnership": Record("To work on a proposal's checklist together.", WITH_CASE, {
        "id": Entry("the case's number"),
        "call_id": Entry("which call's checklist it follows"),
        "opened_at": Entry("when it was opened"),
        "team_asked_at": Entry("since when the team may read its notes"),
    }),
    "municipality": Record("To know which two municipalities a case is about.", WITH_CASE, {
        "id": Entry(NUMBER),
        "partnership_id": Entry("which case"),
        "side": Entry("the South or the German side"),
        "name": Entry("the municipality's name"),
        "country": Entry("its country"),
        "land": Entry("on the German side its Land"),
        "searched": Entry("its name in small letters, so that it is found"),
    }),
    "case_member": Record("To know who works on a case, with their consent.", WITH_MEMBER, {
        "id": own("the membership's number"),
        "partnership_id": own("on which case"),
        "person_id": own("who"),
        "chat_id": own("the chat where digests and reminders go"),
        "side": own("for which municipality"),
        "name": own("the name that the others see"),
        "joined_at": own("since when"),
        "left_at": own("until when"),
        "seen_event": own("up to which event they know what happened"),
        "paused": own("whether they want no reminders"),
        "reminded_on": own("the day of the last reminder, so that there is one a day at most"),
    }),
    "invitation": Record("To let others join a case, once for each code.", WITH_MEMBER, {
        "id": Entry(NUMBER),
        "partnership_id": Entry("to which case"),
        "side": Entry("for which side"),
        "code_hash": Entry("what the code is recognised by"),
        "member_id": own("who invites"),
        "expires_at": Entry("until when it holds"),
        "used_at": Entry("when it was taken up"),
        "revoked_at": Entry("when it was taken back"),
    }),
    "case_part": Record("To know how far each side is with each point.", WITH_CASE, {
        "id": Entry(NUMBER),
        "partnership_id": Entry("which case"),
        "item": Entry("which point"),
        "side": Entry("which side"),
        "status": Entry("where it stands"),
        "due": Entry("by when it should be done"),
        "responsible": own("who sees to it"),
        "revision": Entry("how often it has changed, so that no change is lost"),
    }),
    "case_note": Record("To remember what was found out about a point.", WITH_MEMBER, {
        "id": own(NUMBER),
        "partnership_id": own("on which case"),
        "item": own("on which point"),
        "member_id": own("who wrote it; nobody for the team"),
        "text": own("the note"),
        "at": own("when"),
    }),
    "case_event": Record("To show both sides what has changed; without a name once the person has erased theirs.", WITH_CASE, {
        "id": Entry(NUMBER),
        "partnership_id": Entry("on which case"),
        "kind": Entry("what has changed"),
        "item": Entry("at which point"),
        "side": Entry("by which side; none for the team"),
        "member_id": own("by whom"),
        "value": Entry("to which status or day, or to whom by number"),
        "revision": Entry("which change of the point it was"),
        "at": Entry("when"),
    }),
    "case_enquiry": Record("To show the team what an enquiry is about.", "as long as the enquiry", {
        "id": Entry(NUMBER),
        "enquiry_id": Entry("which enquiry"),
        "partnership_id": Entry("which case"),
        "item": Entry("which point"),
    }),
    "file_grant": Record("To let a member fetch the summary by a link.", "a day", {
        "id": own(NUMBER),
        "partnership_id": own("of which case"),
        "member_id": own("who may fetch it"),
        "languages": own("the summary's languages"),
        "code_hash": own("what the link is recognised by"),
        "expires_at": own("until when it works"),
    }),
    "document": Record("To show a letter or minutes to both sides of a partnership.",
                       f"as long as the case, or until the person erases or removes it; {WAITING_DOCUMENTS.days} days where it "
                       "is not said to which point it belongs", {
        "id": own(NUMBER),
        "person_id": own("who brought it"),
        "key": own("what its content is recognised by; the file of that name is in the folder of documents"),
        "name": own("the file's name"),
        "kind": own("what it is by its content"),
        "size": own("how large it is"),
        "caption": own("what was written along with it"),
        "at": own("when it was brought"),
        "partnership_id": own("on which case"),
        "member_id": own("by whom of its people"),
        "item": own("to which point it belongs"),
        "side": own("which side brought it"),
    }),
    "document_grant": Record("To let a member fetch a document by a link.", "a day", {
        "id": own(NUMBER),
        "document_id": own("which document"),
        "member_id": own("who may fetch it"),
        "code_hash": own("what the link is recognised by"),
        "expires_at": own("until when it works"),
    }),
    "checklist_call": Record("To know the rules of a call; nothing is overwritten.", ALWAYS, {
        "id": Entry(NUMBER),
        "title": Entry("its name, by language"),
        "valid_from": Entry("from when it holds"),
        "valid_until": Entry("until when it holds"),
        "deadline": Entry("by when proposals have to be in"),
        "regions": Entry("for which regions it is"),
        "partner_required": Entry("whether both partners have to be there"),
        "submission": Entry("how a proposal is handed in, by language"),
        "left_out": Entry("points that it does not need"),
        "added": Entry("points that it needs besides"),
        "staff_id": own("who published it"),
        "published_at": own("when"),
    }),
    "job": Record("To do work later, and once.", "until it is done", {
        "id": Entry(NUMBER),
        "kind": Entry("what is to be done"),
        "subject": Entry("the number of whom or what it is about"),
        "key": Entry("its name, so that it is wanted only once"),
        "run_at": Entry("from when"),
        "owner": Entry("which process is at it"),
        "attempts": Entry("how often it was tried"),
    }),
}
