"""`ask TEXT` answers one question, `ask --batch` many; with the very words and scores that a chat would have."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

import click

from .failing import BadSetting
from .knowing import announced_now, encoding, knowledge_now
from .lines import records
from .logs import log_to_stderr
from .opening import now, settings

if TYPE_CHECKING:
    from bot.messages import Body
    from flows.conference.view import Conference
    from knowledge import Knowledge
    from knowledge.finding import Finding

LEADS_ON = ("/ask ", "/status ")  # buttons that are questions themselves


@click.command("ask")
@click.argument("text", nargs=-1)
@click.option("--lang", help="Language to answer in; otherwise that of the question.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--batch", is_flag=True, help='Read JSONL {"id","lang","text"} on stdin, write JSONL {"id","answers"}.')
def command(text: tuple[str, ...], lang: str | None, as_json: bool, batch: bool) -> None:
    """Answer one question on the terminal, or many from stdin."""
    question = " ".join(text).strip()
    if batch == bool(question):
        raise click.UsageError("Give a question, or --batch and the questions on stdin.")
    chosen = settings()
    log_to_stderr(chosen.log_format, logging.WARNING)
    knowledge = knowledge_now(chosen)
    if batch:
        _answer_all(knowledge, chosen.default_language)
    else:
        spoken = _language(knowledge, question, lang, chosen.default_language)
        _answer(knowledge, question, spoken, announced_now(chosen), as_json)


def _answer_all(knowledge: Knowledge, default: str) -> None:
    from knowledge.search.batch import answers
    from locales import shipped

    encode = encoding()
    for record in records():
        findings = knowledge.matcher.find(record.text, shipped(record.lang) or record.lang or default, encode)
        click.echo(json.dumps({"id": record.id, "answers": answers(findings, knowledge.library)}, ensure_ascii=False))


def _language(knowledge: Knowledge, question: str, lang: str | None, default: str) -> str:
    from locales import languages, shipped

    if lang is None:
        return knowledge.matcher.language_of(question, shipped(default) or "en")
    spoken = shipped(lang)
    if spoken is None:
        raise BadSetting(f"--lang {lang} is not spoken here: choose one of {', '.join(languages())}.")
    return spoken


def _answer(knowledge: Knowledge, question: str, language: str, announced: tuple[Conference, ...], as_json: bool) -> None:
    from knowledge.search.batch import answers

    findings = knowledge.matcher.find(question, language, encoding())
    bodies = _words(knowledge, findings, language, announced)
    if not as_json:
        click.echo("\n\n".join(map(_told, bodies)))
        return
    click.echo(json.dumps({
        "language": language, "answers": answers(findings, knowledge.library), "messages": [_packed(body) for body in bodies],
    }, ensure_ascii=False))


def _words(knowledge: Knowledge, findings: tuple[Finding, ...], language: str, announced: tuple[Conference, ...]) -> list[Body]:
    """What a chat would say."""
    from bot.render import render
    from flows.answers import answer
    from flows.known import Known
    from flows.state import State
    from flows.world import World

    turn = answer(State(language, chosen=True), findings, World(now(), language, knowledge, known=Known(conferences=announced)))
    return [render(reply, language) for reply in turn.replies]


def _told(body: Body) -> str:
    more = [f"  · {button.label}" for button in body.buttons if button.id.startswith(LEADS_ON)]
    return "\n\n".join([body.text, *(["\n".join(more)] if more else [])])


def _packed(body: Body) -> dict[str, Any]:
    choices = [{"id": button.id, "label": button.label} for button in body.buttons]
    return {"text": body.text, "language": body.language, "choices": choices}
