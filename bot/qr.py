"""An address as a picture that a phone's camera reads."""

from __future__ import annotations

from io import BytesIO

import segno

DARK, LIGHT = "#003b4a", "#fff"
QUIET_ZONE = 4  # modules around the code that the standard asks for


def svg(content: str, scale: int = 8) -> bytes:
    """A QR code as a picture that stays sharp at any size."""
    out = BytesIO()
    segno.make(content, error="m").save(out, kind="svg", scale=scale, border=QUIET_ZONE, dark=DARK, light=LIGHT)
    return out.getvalue()


def modules(content: str) -> tuple[tuple[bool, ...], ...]:
    """The code's squares row by row, dark ones true, with the quiet zone around them; to be drawn on paper."""
    rows = segno.make(content, error="m").matrix_iter(border=QUIET_ZONE)
    return tuple(tuple(bool(module) for module in row) for row in rows)
