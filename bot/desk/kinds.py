"""What is kept, by table, and what is done later, by kind, in the team's words."""

from __future__ import annotations

from collections.abc import Mapping

from bot.cases.events import DIGEST
from bot.cases.publishing import MOVE
from bot.cases.reminders import REMINDER
from bot.conferences.entering import QUEUE, REMIND, THANK
from bot.conferences.places import KEPT, OFFER
from bot.inbox.talking import OVERDUE
from bot.store.files import SWEEP
from locales import Text

from .words import _

TABLES: Mapping[str, Text] = {
    "person": _("The person"),
    "chat": _("Conversations"),
    "message": _("Messages"),
    "enquiry": _("Enquiries"),
    "enquiry_reply": _("Answers of the team"),
    "consent": _("What was agreed to"),
    "subscription": _("Announcements that are wanted"),
    "listener": _("What announcements go by"),
    "delivery": _("Announcements that were sent"),
    "miss": _("Questions not understood"),
    "miss_asker": _("Answers that are waited for"),
    "rating": _("Whether answers helped"),
    "conclusion": _("How dialogues ended"),
    "partnership": _("Partnerships' checklists"),
    "case_member": _("Work on checklists"),
    "case_note": _("Notes on checklists"),
    "case_event": _("What has changed on checklists"),
    "case_enquiry": _("Enquiries from checklists"),
    "invitation": _("Invitations to checklists"),
    "file_grant": _("Links to summaries"),
    "registration": _("Registrations for conferences"),
    "attendee": _("Who comes to conferences"),
    "conference_file": _("Files sent for conferences"),
    "conference_interest": _("Interest in conferences to come"),
    "registration_note": _("Notes on registrations"),
    "document": _("Documents"),
    "staff_link": _("Sign-in links"),
    "staff_session": _("Sessions of the team"),
    "audit": _("Audit log"),
}
CHORES: Mapping[str, Text] = {
    DIGEST: _("News of a checklist"),
    REMINDER: _("Reminders of checklists"),
    MOVE: _("Beginnings of calls"),
    OVERDUE: _("People in a talk who wait for too long"),
    QUEUE: _("Waiting lists of conferences"),
    REMIND: _("Reminders of conferences"),
    THANK: _("Thanks after conferences"),
    OFFER: _("Offered places that run out"),
    KEPT: _("Places kept for a partner that run out"),
    SWEEP: _("Deletion of documents"),
}
