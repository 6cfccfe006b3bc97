"""How a command fails: one line on stderr that says what to do, and an exit code.

    Failure       exit 1: it did not work
    BadSetting    exit 2: a setting or an option is wrong
"""

from __future__ import annotations

import click


class Failure(click.ClickException):
    """It did not work; the message says what to do."""

    exit_code = 1


class BadSetting(click.ClickException):
    """A setting or an option is wrong; the message says which."""

    exit_code = 2


def one_line(error: BaseException) -> str:
    """An error's own words, its first line."""
    cause = getattr(error, "orig", None) or error
    return (str(cause).strip() or type(cause).__name__).splitlines()[0]
