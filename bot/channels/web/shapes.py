"""The JSON of the chat API, as pydantic models: they check what comes in, shape what goes out, and describe both."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from bot.messages import Message


class Shape(BaseModel):
    """A JSON object; fields that are not known are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class OpenRequest(Shape):
    """Opens a conversation."""

    language: str | None = Field(None, max_length=35, description="Language tag, such as “es” or “pt-BR”.", examples=["es"])


class SendRequest(Shape):
    """A message: either a text or a choice."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": ["text"]}, {"required": ["choice"]}],
                           "examples": [{"text": "Can Peru take part?"}, {"choice": "/check"}]})

    text: str | None = Field(None, description="What the person writes, at most 4,000 characters.")
    choice: str | None = Field(None, min_length=1, max_length=200, description="The id of an offered choice.")
    id: str | None = Field(None, min_length=1, max_length=100, description="Idempotency key: sent again, it changes nothing.")

    @field_validator("text", "choice", "id")
    @classmethod
    def _storable(cls, value: str | None) -> str | None:
        """PostgreSQL keeps no NUL in a text."""
        return None if value is None else value.replace("\0", "")

    @model_validator(mode="after")
    def _either(self) -> Self:
        if (self.text is None) == (self.choice is None):
            raise ValueError("either text or choice")
        return self


class ChoiceShape(Shape):
    """A choice to offer; send its id back."""

    id: str
    label: str


class DocumentShape(Shape):
    """A file or page that comes with a message."""

    name: str
    url: str


class MessageShape(Shape):
    """A message of the assistant or of the team; `id` grows with time."""

    id: int
    text: str
    choices: list[ChoiceShape]
    documents: list[DocumentShape]
    language: str

    @classmethod
    def of(cls, message: Message) -> MessageShape:
        """The JSON of a stored message."""
        body = message.body
        return cls(id=message.id, text=body.text, language=body.language,
                   choices=[ChoiceShape(id=button.id, label=button.label) for button in body.buttons],
                   documents=[DocumentShape(name=file.name, url=file.url) for file in body.files])


class Messages(Shape):
    """Messages, oldest first."""

    messages: list[MessageShape]

    @classmethod
    def of(cls, messages: Iterable[Message]) -> Messages:
        """What others than the person have written."""
        return cls(messages=[MessageShape.of(message) for message in messages if message.author != "person"])


class OpenedShape(Messages):
    """A new conversation; the token is told only here."""

    conversation: str
    token: str
    language: str


class ErrorBody(Shape):
    """Why a request is refused; `message` is in the language of Accept-Language."""

    code: str
    message: str


class ErrorShape(Shape):
    """A refused request."""

    error: ErrorBody
