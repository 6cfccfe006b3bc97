"""Which flows there are, by the name under which a conversation remembers them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .announcing import announce
from .case.dialogues import case_document, case_due, case_help, case_leave, case_note
from .case.starting import case_join, case_start
from .conference.dialogues import conf_feedback, conf_pair, conf_person, conf_withdraw
from .conference.finding import find_conference
from .conference.registering import register
from .dialogue import Flow
from .eligibility import eligibility
from .enquiry import enquiry
from .interests import interests
from .privacy import forget

FLOWS: Mapping[str, Flow[Any]] = {
    "eligibility": eligibility, "enquiry": enquiry, "forget": forget, "interests": interests, "announce": announce,
    "case_start": case_start, "case_join": case_join, "case_leave": case_leave,
    "conf_register": register, "conf_find": find_conference, "conf_person": conf_person, "conf_pair": conf_pair,
    "conf_withdraw": conf_withdraw, "conf_feedback": conf_feedback,
    "case_note": case_note, "case_due": case_due, "case_help": case_help,
    "case_document": case_document,
}
