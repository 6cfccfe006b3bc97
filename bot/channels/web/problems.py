"""What can be wrong with a request, in words for the person and with a code for the program."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

from locales import Text, _, ngettext

MOST_CHARACTERS = 4_000
MOST_BYTES = 64 * 1024


class Problem(Exception):
    """A request that is refused: HTTP status, code and sentence."""

    def __init__(self, status: int, code: str, message: Text, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(code)
        self.status, self.code, self.message = status, code, message
        self.headers = dict(headers or {})


def not_understood(message: Text) -> Problem:
    """400."""
    return Problem(400, "bad_request", message)


def unauthorised() -> Problem:
    """401, also for conversations that do not exist, so that nobody can find out which do."""
    message = _("This conversation needs its token, in the header “Authorization: Bearer TOKEN”.")
    return Problem(401, "unauthorized", message, {"WWW-Authenticate": "Bearer"})


def foreign() -> Problem:
    """403."""
    return Problem(403, "forbidden", _("This form was sent from another website. Please open the chat itself and write there."))


def nowhere() -> Problem:
    """404."""
    return Problem(404, "not_found", _("There is nothing at this address."))


def wrong_method(allowed: str) -> Problem:
    """405."""
    return Problem(405, "method_not_allowed", _("This address does not take that method."), {"Allow": allowed})


def body_too_large() -> Problem:
    """413 for more bytes than are read."""
    return Problem(413, "too_large", _("The request is larger than {most} KB.", most=MOST_BYTES // 1024))


def too_slow() -> Problem:
    """408."""
    return Problem(408, "too_slow", _("The file took too long to arrive. Please try again with a better connection."))


def file_too_large(megabytes: int) -> Problem:
    """413 for a file that is not even read to its end."""
    message = _("A document can have at most {most} MB. Please make it smaller, or send it in parts.", most=megabytes)
    return Problem(413, "file_too_large", message)


def text_too_long(characters: int) -> Problem:
    """413 for more text than a message may have."""
    message = _("A message can have at most {most} characters; yours has {count}. Please shorten it or send it in parts.",
                most=MOST_CHARACTERS, count=characters)
    return Problem(413, "text_too_long", message)


def not_json() -> Problem:
    """415."""
    return Problem(415, "unsupported_media_type", _("Please send JSON, with the header “Content-Type: application/json”."))


def not_a_form() -> Problem:
    """415 where a form with a file is expected."""
    return Problem(415, "unsupported_media_type", _("Please send a form, with the header “Content-Type: multipart/form-data”."))


def too_many(wait: float) -> Problem:
    """429 with the seconds to wait."""
    seconds = max(1, ceil(wait))
    message = ngettext("That was a lot at once. Please wait one second and try again.",
                       "That was a lot at once. Please wait {count} seconds and try again.", seconds)
    return Problem(429, "too_many_requests", message, {"Retry-After": str(seconds)})


def unavailable() -> Problem:
    """503: nothing was kept, so that trying again is right."""
    message = _("Your message could not be saved just now. Please try again in a moment.")
    return Problem(503, "unavailable", message, {"Retry-After": "3"})
