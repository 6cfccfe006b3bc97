"""Which flows there are, by the name under which a conversation remembers them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .dialogue import Flow
from .eligibility import eligibility
from .enquiry import enquiry
from .interests import interests
from .privacy import forget

FLOWS: Mapping[str, Flow[Any]] = {"eligibility": eligibility, "enquiry": enquiry, "forget": forget, "interests": interests}
