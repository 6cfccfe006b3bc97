"""The register of what is kept: every column of the schema, what it holds, why, how long, and whether it is personal.

A test holds it against the schema, so nothing can be stored that is not entered here.
"""

from __future__ import annotations

from collections.abc import Mapping

from .announcement_register import ANNOUNCEMENTS
from .case_register import CASES
from .conference_register import CONFERENCES
from .desk_register import DESK
from .editing_register import EDITING
from .entries import ALWAYS, NUMBER, WITH_PERSON, WITH_STAFF, Entry, Record, own
from .inbox_register import INBOX
from .retention import CLOSED_ENQUIRIES, MESSAGES, OPEN_DIALOGUES, STATISTICS

REGISTER: Mapping[str, Record] = {
    **CASES,
    **ANNOUNCEMENTS,
    **CONFERENCES,
    **DESK,
    **EDITING,
    **INBOX,
    "person": Record("To hold together what belongs to one person, and to erase it as one.", WITH_PERSON, {
        "id": own("the person's number; no name is kept"),
        "created_at": own("when they first wrote"),
    }),
    "chat": Record("To talk with the person and to go on where they stopped.", WITH_PERSON, {
        "id": own("the chat's number"),
        "person_id": own("whose chat it is"),
        "handle": own("the chat's address in its channel, such as Telegram's number of it"),
        "language": own("the language they read"),
        "state": own("the open dialogue with its answers", f"{OPEN_DIALOGUES.days} days after the last message"),
        "version": Entry("how often the state has changed, so that no answer is lost"),
        "token_hash": own("web chat: what the key to the conversation is recognised by"),
        "created_at": own("when the chat began"),
        "seen_at": own("when they last wrote; the terms count from it"),
        "blocked_at": own("when they blocked the assistant, so that it stops writing"),
    }),
    "message": Record("To show the conversation again, to send each reply once, and to understand faults.",
                      f"{MESSAGES.days} days", {
        "id": own(NUMBER),
        "chat_id": own("in which chat"),
        "author": own("who wrote it: the person, the assistant or the team"),
        "body": own("its words and buttons"),
        "at": own("when it was written"),
        "key": own("the channel's name of it, so that one delivered twice counts once"),
        "external": own("the channel's number of it, so that an edit finds it"),
        "answered": own("which question it answered, so that an edit corrects that answer"),
        "reply_to": own("which message it replies to"),
        "sent_at": Entry("when it was sent"),
        "owner": Entry("which process is sending it"),
        "failure": Entry("why it could not be sent"),
    }),
    "enquiry": Record("To answer what the person has asked the team, with their consent.",
                      f"{CLOSED_ENQUIRIES.days} days after it was answered or closed, or until they erase it", {
        "id": own(NUMBER),
        "person_id": own("who asks"),
        "reference": own("the number that both sides name it by"),
        "chat_id": own("the chat where the answer goes"),
        "question": own("what they ask"),
        "contact": own("their e-mail address, if they want the answer there"),
        "language": own("the language they asked in"),
        "status": Entry("open, answered or closed"),
        "opened_at": own("when it was asked"),
        "closed_at": Entry("when it was answered or closed; the term counts from it"),
        "side": own("which side they are on, as they said in a dialogue"),
        "country": own("which country they write from, as they said in a dialogue"),
        "talk_since": own("since when they talk with the team, while they do"),
        "awaited_since": own("since when they wait for the team's word"),
        "last_at": own("when anybody has last written"),
        "heard_entry": own("which is their newest entry, so that the team sees what is new"),
        "version": Entry("how often the team has acted, so that two do not answer twice"),
        "searched": own("its number and question in small letters, so that it is found"),
    }),
    "consent": Record("To prove what the person has agreed to.", WITH_PERSON, {
        "id": own(NUMBER),
        "person_id": own("who agreed"),
        "purpose": own("to what: an enquiry, announcements, hearing an answer later"),
        "version": own("to which words"),
        "language": own("in which language they read them"),
        "given_at": own("when"),
        "withdrawn_at": own("when they took it back"),
    }),
    "subscription": Record("To send the announcements that the person wants.", "until they unsubscribe; at most " + WITH_PERSON, {
        "id": own(NUMBER),
        "chat_id": own("where they go"),
        "topic": own("what about"),
        "since": own("since when"),
    }),
    "miss": Record("To learn what people ask in vain, without knowing who.", f"{STATISTICS.days} days", {
        "id": Entry(NUMBER),
        "text": Entry("the question as it was typed"),
        "language": Entry("the chat's language"),
        "articles": Entry("which answers were offered"),
        "reason": Entry("not known, not sure, or not helpful"),
        "at": Entry("when"),
        "settled_at": Entry("when the team dealt with it"),
    }),
    "miss_asker": Record("To tell the answer to somebody who agreed to hear it later.", "until the answer is there; at most "
                         + WITH_PERSON, {
        "id": own(NUMBER),
        "miss_id": own("which question"),
        "chat_id": own("where the answer goes"),
    }),
    "rating": Record("To see which answers help, without knowing who says so.", f"{STATISTICS.days} days", {
        "id": Entry(NUMBER),
        "article": Entry("which answer"),
        "helped": Entry("whether it helped"),
        "language": Entry("the chat's language"),
        "at": Entry("when"),
    }),
    "conclusion": Record("To see how dialogues end, without knowing whose.", f"{STATISTICS.days} days", {
        "id": Entry(NUMBER),
        "flow": Entry("which dialogue"),
        "result": Entry("how it ended"),
        "language": Entry("the chat's language"),
        "channel": Entry("Telegram, web or terminal"),
        "at": Entry("when"),
    }),
    "staff": Record("To let the team in, each with what they may do.", "until an admin removes them", {
        "id": own("the member's number"),
        "name": own("their name"),
        "role": own("what they may do"),
        "created_at": own("when they were added"),
        "chat_id": own("their own chat, if they linked it"),
        "email": own("the address by which the organisation's own sign-in names them"),
        "identity": own("the number by which it names them from the first time on"),
    }),
    "staff_link": Record("To sign in without a password.", "a day; once used, " + WITH_STAFF, {
        "id": Entry(NUMBER),
        "staff_id": own("whose link"),
        "token_hash": Entry("what the link is recognised by"),
        "expires_at": Entry("until when it works"),
        "used_at": own("when it was used; tells that the team has taken over"),
    }),
    "staff_session": Record("To stay signed in.", "12 hours, or until they sign out", {
        "id": Entry(NUMBER),
        "staff_id": own("whose session"),
        "token_hash": Entry("what its cookie is recognised by"),
        "expires_at": own("until when it lasts"),
    }),
    "added_phrase": Record("To understand more ways to ask; nothing is overwritten, so it can be undone.", ALWAYS, {
        "id": Entry(NUMBER),
        "article": Entry("which answer is meant"),
        "language": Entry("the phrase's language"),
        "text": Entry("the phrase; the team takes names out before adding one"),
        "staff_id": own("who added it"),
        "at": own("when"),
        "removed_at": Entry("when it was taken back"),
    }),
    "added_article": Record("To answer more questions; nothing is overwritten, so it can be undone.", ALWAYS, {
        "id": Entry(NUMBER),
        "article": Entry("its name"),
        "title": Entry("its title"),
        "answer": Entry("its words"),
        "language": Entry("their language"),
        "facts": Entry("the facts it rests on"),
        "staff_id": own("who wrote it"),
        "at": own("when"),
        "removed_at": Entry("when it was taken back"),
        "state": Entry("a draft, in review or published"),
        "english": Entry("which English words a translation was made from"),
        "phrases": Entry("the phrases that are published with it"),
        "misses": Entry("the open questions that it settles"),
        "publisher_id": own("who published it"),
        "published_at": own("when"),
    }),
    "revision": Record("To let every process know that the knowledge has changed.", ALWAYS, {
        "name": Entry("what has changed"),
        "number": Entry("how often"),
    }),
    "replica": Record("To know which processes are alive.", "seconds after its last sign of life", {
        "id": Entry("the process's name of itself"),
        "seen_at": Entry("its last sign of life"),
    }),
}
