"""A composed announcement: read from JSON, checked, and kept as it was written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal, Self

from babel.dates import format_date, format_interval
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from bot.messages import File
from locales import languages, words

from .audience import Audience
from .content import Content, filled

MOST, MOST_WITH_FILE = 4096, 1024  # characters that Telegram takes, alone and as a caption; both in UTF-16 units
LONGEST_NAME = 60
BRACED = re.compile(r"\{([^{}]*)\}")
PLACEHOLDERS = ("name", "conference", "dates")
Topic = Literal["general", "calls", "conferences"]
ButtonName = Literal["register", "more", "not_interested"]


def _aware(moment: datetime) -> datetime:
    """A moment without a time zone is UTC."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _hyphens(value: object) -> object:
    """"not-interested" is the same button as "not_interested"."""
    return [one.replace("-", "_") if isinstance(one, str) else one for one in value] if isinstance(value, list) else value


class Flawed(ValueError):
    """A text that cannot go out: it has a placeholder that is `unknown`, or `length` characters where `most` fit."""

    def __init__(self, language: str, why: str, unknown: str = "", length: int = 0, most: int = 0) -> None:
        super().__init__(f"text {language!r}: {why}")
        self.language, self.unknown, self.length, self.most = language, unknown, length, most


class Occasion(BaseModel):
    """What the placeholders {conference} and {dates} stand for; the name in one form, or by language."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str | dict[str, str]
    first: date | None = None
    last: date | None = None

    def values(self, language: str) -> Mapping[str, str]:
        """The placeholders' values in a language."""
        name = self.name if isinstance(self.name, str) else self.name.get(language) or next(iter(self.name.values()))
        return {"conference": name, "dates": self._dates(language)}

    def _dates(self, language: str) -> str:
        locale = words(language).locale
        if self.first is None:
            return ""
        if self.last is None or self.last == self.first:
            return str(format_date(self.first, "long", locale=locale))
        return str(format_interval(self.first, self.last, "yMMMd", locale=locale))


class Composed(BaseModel):
    """An announcement as it is written: its texts, whom it is for, and when it goes out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    texts: dict[str, str] = Field(min_length=1)
    topic: Topic
    audience: Audience = Audience()
    start: Annotated[datetime, AfterValidator(_aware)] | None = None
    local_start: datetime | None = None  # the same time of day in every country
    fallback: str | None = None
    buttons: Annotated[tuple[ButtonName, ...], BeforeValidator(_hyphens)] = ()
    conference: Occasion | None = None
    file: str | None = None  # its name

    @field_validator("local_start")
    @classmethod
    def _without_zone(cls, moment: datetime | None) -> datetime | None:
        if moment is not None and moment.tzinfo is not None:
            raise ValueError("a local time has no time zone")
        return moment

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.start and self.local_start:
            raise ValueError("start and local_start exclude each other")
        if self.fallback is not None and self.fallback not in self.texts:
            raise ValueError(f"the fallback {self.fallback!r} has no text")
        for language, text in self.texts.items():
            self._check(language, text)
        return self

    def _check(self, language: str, text: str) -> None:
        known = PLACEHOLDERS if self.conference else PLACEHOLDERS[:1]
        unknown = [name for name in BRACED.findall(text) if name not in known]
        if language not in languages():
            raise Flawed(language, "no language of the assistant")
        if not text.strip():
            raise Flawed(language, "empty")
        if unknown:
            raise Flawed(language, f"{{{unknown[0]}}} is not known here", unknown[0])
        values = self.conference.values(language) if self.conference else {}
        length = len(filled(text, {"name": "n" * LONGEST_NAME, **values}).encode("utf-16-le")) // 2
        most = MOST_WITH_FILE if self.file else MOST
        if length > most:
            raise Flawed(language, f"{length} characters, at most {most} fit", length=length, most=most)

    def content(self, number: int, file: File | None = None) -> Content:
        """What it says under the number that it has been given."""
        values = {language: self.conference.values(language) for language in self.texts} if self.conference else {}
        return Content(number, self.topic, self.texts, self.fallback, self.buttons, values, file)

    def stored(self) -> dict[str, Any]:
        """Plain JSON values."""
        return self.model_dump(mode="json", exclude_defaults=True) | {"topic": self.topic, "audience": self.audience.stored()}
