"""`enquiries`: what people have asked the team, answered and closed from the terminal as from the desk."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from .failing import Failure
from .opening import in_transaction, now, settings

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.store.enquiries import Delivery, Enquiry, Status

SHOWN = ("open", "answered", "closed", "all")


@click.group("enquiries", invoke_without_command=True)
@click.option("--status", type=click.Choice(SHOWN), default="open", show_default=True, help="Which ones to list.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
@click.pass_context
def command(ctx: click.Context, status: str, as_json: bool) -> None:
    """List enquiries to the team, oldest first; or answer or close one."""
    if ctx.invoked_subcommand is not None:
        return

    async def work(connection: AsyncConnection) -> list[Enquiry]:
        from bot.store.enquiries import enquiries

        chosen: Status | None = None if status == "all" else status  # type: ignore[assignment]  # click has checked it
        return await enquiries(connection, chosen)

    found = in_transaction(settings(), work)
    if as_json:
        click.echo(json.dumps([_packed(enquiry) for enquiry in found], ensure_ascii=False))
    else:
        click.echo("\n\n".join(map(_told, found)) or f"No enquiries ({status}).")


@command.command("reply")
@click.argument("reference", metavar="REF")
@click.argument("text")
def reply(reference: str, text: str) -> None:
    """Answer an enquiry: the text goes into the person's chat."""
    if not text.strip():
        raise click.UsageError("An answer needs words.")

    async def work(connection: AsyncConnection) -> Delivery | None:
        from bot.inbox.acting import Actor, reply
        from bot.store.audit import record

        delivery = await reply(connection, reference, text.strip(), Actor(None, now()))
        if delivery is not None:
            asked = delivery.enquiry
            await record(connection, None, "enquiry-replied", ("enquiry", asked.reference), now(),
                         before={"status": asked.status}, after={"status": "answered"})
        return delivery

    delivery = in_transaction(settings(), work)
    if delivery is None:
        raise _unknown(reference)
    click.echo(_delivered(delivery))


@command.command("close")
@click.argument("reference", metavar="REF")
def close(reference: str) -> None:
    """Close an enquiry without an answer."""

    async def work(connection: AsyncConnection) -> bool:
        from bot.inbox.acting import Actor, StillTalking, close
        from bot.store.audit import record

        try:
            asked = await close(connection, reference, Actor(None, now()))
        except StillTalking:
            raise Failure(f"{reference.upper()}: the person talks with the team now. Hand them back at the desk first.") from None
        if asked is not None:
            await record(connection, None, "enquiry-closed", ("enquiry", asked.reference), now(), after={"status": "closed"})
        return asked is not None

    if not in_transaction(settings(), work):
        raise _unknown(reference)
    click.echo(f"{reference.upper()} is closed.")


def _unknown(reference: str) -> Failure:
    return Failure(f"There is no enquiry {reference}: list them with `partnership-assistant enquiries --status all`.")


def _delivered(delivery: Delivery) -> str:
    number = delivery.enquiry.reference
    lines = [f"{number} is answered; the answer goes into the person's chat." if delivery.in_chat
             else f"{number} is answered, but the person's chat can no longer be reached."]
    if delivery.email:
        lines.append(f"They asked for an answer by e-mail, and none is sent from here: please write to {delivery.email}.")
    return "\n".join(lines)


def _packed(enquiry: Enquiry) -> dict[str, Any]:
    return {
        "reference": enquiry.reference, "status": enquiry.status, "question": enquiry.question, "contact": enquiry.contact,
        "channel": enquiry.channel, "language": enquiry.language, "opened_at": enquiry.opened_at.isoformat(),
        "closed_at": enquiry.closed_at.isoformat() if enquiry.closed_at else None,
        "answers": [{"text": answer.text, "at": answer.at.isoformat(), "by": answer.by} for answer in enquiry.answers],
    }


def _told(enquiry: Enquiry) -> str:
    where = enquiry.contact or f"this chat ({enquiry.channel or 'gone'})"
    head = f"{enquiry.reference}  {enquiry.status}  {enquiry.opened_at:%Y-%m-%d %H:%M}  {enquiry.language}  answer to: {where}"
    answers = [f"  > {line}" for answer in enquiry.answers for line in answer.text.splitlines()]
    return "\n".join([head, *(f"  {line}" for line in enquiry.question.splitlines()), *answers])
