"""From a reply without a language to the message that is stored and sent."""

from __future__ import annotations

from bot.messages import Body, Button, File
from flows.replies import Reply
from locales import words


def render(reply: Reply, language: str) -> Body:
    """The reply in its own language where it has one, else in the conversation's."""
    spoken = words(reply.language or language)
    return Body(
        tuple((part.tone, spoken.render(part.text)) for part in reply.paragraphs),
        spoken.language,
        tuple(Button(choice.id, spoken.value(choice.label)) for choice in reply.choices),
        tuple(File(spoken.render(document.name), document.url, document.is_file) for document in reply.documents),
    )
