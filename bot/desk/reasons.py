"""Why a question is open, in words."""

from __future__ import annotations

from collections.abc import Mapping

from locales import Text

from .words import _

REASONS: Mapping[str, Text] = {
    "unknown": _("not understood"),
    "unsure": _("answered with doubt"),
    "unhelpful": _("answered, but not helpful"),
}
