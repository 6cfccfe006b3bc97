"""Which flows there are, by the name under which a conversation remembers them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .announcing import announce
from .case.dialogues import case_document, case_due, case_help, case_leave, case_note
from .case.starting import case_join, case_start
from .dialogue import Flow
from .eligibility import eligibility
from .enquiry import enquiry
from .interests import interests
from .privacy import forget

FLOWS: Mapping[str, Flow[Any]] = {
    "eligibility": eligibility, "enquiry": enquiry, "forget": forget, "interests": interests, "announce": announce,
    "case_start": case_start, "case_join": case_join, "case_leave": case_leave,
    "case_note": case_note, "case_due": case_due, "case_help": case_help,
    "case_document": case_document,
}
