"""The organisation's own sign-in, against a provider over HTTP: who is on the team's list comes in, and nobody by a trick."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from joserfc.jwk import ECKey, OctKey, RSAKey
from sqlalchemy import select

from bot.desk.openid import OpenId
from bot.store.database import Store
from bot.store.desk_tables import audit
from bot.store.schema import staff
from bot.store.staff import add_staff
from tests.support.desk import NOW, Browser, Page, desk
from tests.support.provider import CLIENT, SECRET, Provider, provider, query_of
from tests.support.store import store

__all__ = ["store"]
ELSEWHERE = RSAKey.generate_key(2048, {"kid": "one"})


@pytest_asyncio.fixture
async def idp(store: Store) -> AsyncIterator[Provider]:
    async with store.write() as connection:
        await add_staff(connection, "Ada", "editor", NOW)
        await connection.execute(staff.update().values(email="ada@example.org"))
    async with provider(key=ELSEWHERE) as running:
        yield running


@pytest_asyncio.fixture
async def browser(store: Store, idp: Provider) -> AsyncIterator[Browser]:
    async with desk(store, openid=OpenId(idp.issuer, CLIENT, SECRET)) as opened:
        yield opened


async def came_in(browser: Browser) -> Page:
    """Follows the button to the provider and back."""
    page = await browser.get("/desk/openid")
    if page.status == 200 and page.path.startswith("/desk/openid/back"):
        assert "You are signed in" in page.words
    return page


async def test_who_is_on_the_list_comes_in_with_the_role_that_the_list_gives(browser: Browser) -> None:
    assert "Sign in with your organisation's account" in (await browser.get("/desk")).words
    assert (await came_in(browser)).status == 200
    assert "Signed in as Ada" in (await browser.get("/desk")).words
    assert (await browser.get("/desk/staff")).status == 403
    async with browser.store.read() as connection:
        row = (await connection.execute(select(audit))).one()
    assert (row.name, row.action, row.after) == ("Ada", "signed-in", {"by": "OpenID Connect"})


async def test_the_way_there_carries_state_nonce_and_challenge_and_no_secret(browser: Browser, idp: Provider) -> None:
    async with browser.client.get("/desk/openid", allow_redirects=False) as response:
        query, cookie = query_of(response.headers["Location"]), response.headers["Set-Cookie"]
    assert query.keys() == {"response_type", "client_id", "redirect_uri", "scope", "state", "nonce", "code_challenge",
                            "code_challenge_method"}
    assert len({query["state"], query["nonce"], query["code_challenge"]}) == 3
    assert SECRET not in response.headers["Location"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=Lax", "Path=/desk/openid"))
    assert (await came_in(browser)).status == 200


async def test_who_is_on_no_list_stays_out_and_becomes_nobody(browser: Browser, idp: Provider) -> None:
    idp.claims["email"] = "eve@example.org"
    page = await came_in(browser)
    assert (page.status, "You are not on the team's list" in page.words) == (403, True)
    assert (await browser.get("/desk")).status == 401
    async with browser.store.read() as connection:
        assert list(await connection.scalars(select(staff.c.name))) == ["Ada"]


@pytest.mark.parametrize("claims", [
    {"email_verified": False}, {"email_verified": None}, {"email": None}, {"nonce": "another"}, {"aud": "another"},
    {"aud": [CLIENT, "another"]}, {"iss": "https://elsewhere.example.org"}, {"exp": int(NOW.timestamp()) - 61},
    {"iat": int(NOW.timestamp()) - 700}, {"sub": None}])
async def test_a_token_that_is_not_right_in_every_part_lets_nobody_in(
    browser: Browser, idp: Provider, claims: dict[str, Any],
) -> None:
    idp.claims |= claims
    assert (await came_in(browser)).status == 403
    assert (await browser.get("/desk")).status == 401


async def test_a_token_signed_by_somebody_else_lets_nobody_in(browser: Browser, idp: Provider) -> None:
    idp.published = RSAKey.generate_key(2048, {"kid": "one"})
    assert "could not be confirmed" in (await came_in(browser)).words


async def test_a_token_signed_with_a_shared_secret_lets_nobody_in(browser: Browser, idp: Provider) -> None:
    idp.published, idp.algorithm = ELSEWHERE, "HS256"
    idp.key = OctKey.import_key(SECRET.ljust(32), {"kid": "one"})
    assert (await came_in(browser)).status == 403


async def test_a_new_key_of_the_provider_is_taken_up(browser: Browser, idp: Provider) -> None:
    await came_in(browser)
    await browser.send("/desk/sign-out")
    idp.key, idp.algorithm = ECKey.generate_key("P-256", {"kid": "two"}), "ES256"
    assert (await came_in(browser)).status == 200
    assert idp.asked == ["configuration", "keys", "keys"]


async def test_another_sites_answer_is_not_taken(browser: Browser, idp: Provider) -> None:
    async with browser.client.get("/desk/openid", allow_redirects=False) as response:
        there = response.headers["Location"]
    async with browser.client.session.get(there, allow_redirects=False) as response:
        code = query_of(response.headers["Location"])["code"]
    refused = await browser.get("/desk/openid/back", code=code, state="0" * 64)
    assert (refused.status, "could not be confirmed" in refused.words) == (403, True)
    async with desk(browser.store, openid=OpenId(idp.issuer, CLIENT, SECRET)) as other:  # a browser without the cookie
        answer = await other.get("/desk/openid/back", code=code, state=query_of(there)["state"])
        assert answer.status == 403


async def test_the_account_counts_from_the_first_time_on_and_not_its_address(browser: Browser, idp: Provider) -> None:
    await came_in(browser)
    idp.claims["email"] = "ada.lovelace@example.org"
    assert (await came_in(browser)).status == 200
    idp.claims |= {"sub": "somebody else", "email": "ada@example.org"}
    assert (await came_in(browser)).status == 403, "the address has been given to another account"


async def test_who_gives_up_there_is_told(browser: Browser) -> None:
    async with browser.client.get("/desk/openid", allow_redirects=False) as response:
        state = query_of(response.headers["Location"])["state"]
    page = await browser.get("/desk/openid/back", error="access_denied", state=state)
    assert (page.status, "was not finished" in page.words) == (403, True)


async def test_a_provider_that_is_away_leaves_the_other_way_open(store: Store) -> None:
    async with desk(store, openid=OpenId("http://127.0.0.1:9", CLIENT, SECRET)) as browser:
        page = await browser.get("/desk/openid")
        assert (page.status, "cannot be reached right now" in page.words) == (502, True)
        assert "one-time link" in page.words


async def test_without_settings_there_is_no_such_way(store: Store) -> None:
    async with desk(store) as browser:
        assert "organisation" not in (await browser.get("/desk")).words
        assert (await browser.get("/desk/openid")).status == 404
