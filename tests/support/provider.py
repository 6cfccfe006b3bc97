"""A small OpenID Connect provider on a real port: it signs in one person, and can be told to lie."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from aiohttp import web
from aiohttp.test_utils import TestServer
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

from tests.support.desk import NOW

CLIENT, SECRET = "desk", "secret"


@dataclass
class Provider:
    """`claims` go into every ID token and win over what is right; `key` signs them, `published` is what the world sees."""

    claims: dict[str, Any] = field(default_factory=lambda: {"sub": "248289", "email": "Ada@Example.org", "email_verified": True})
    algorithm: str = "RS256"
    key: RSAKey | ECKey | OctKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    published: RSAKey | ECKey | None = None
    now: datetime = NOW
    issuer: str = ""
    asked: list[str] = field(default_factory=list)
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def application(self) -> web.Application:
        application = web.Application()
        application.add_routes([
            web.get("/.well-known/openid-configuration", self._configuration), web.get("/keys", self._keys),
            web.get("/authorize", self._authorize), web.post("/token", self._token)])
        return application

    async def _configuration(self, _request: web.Request) -> web.Response:
        self.asked.append("configuration")
        return web.json_response({"issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/authorize",
                                  "token_endpoint": f"{self.issuer}/token", "jwks_uri": f"{self.issuer}/keys"})

    async def _keys(self, _request: web.Request) -> web.Response:
        self.asked.append("keys")
        return web.json_response({"keys": [(self.published or self.key).as_dict(private=False)]})

    async def _authorize(self, request: web.Request) -> web.Response:
        """Signs in at once, and sends the browser back with a code."""
        query = dict(request.query)
        assert query["response_type"] == "code"
        assert query["client_id"] == CLIENT
        assert query["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(8)
        self._codes[code] = query
        back = urlencode({"code": code, "state": query["state"]})
        return web.Response(status=302, headers={"Location": f"{query['redirect_uri']}?{back}"})

    async def _token(self, request: web.Request) -> web.Response:
        form = await request.post()
        began = self._codes.pop(str(form["code"]), None)
        credentials = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        challenge = base64.urlsafe_b64encode(hashlib.sha256(str(form["code_verifier"]).encode()).digest()).rstrip(b"=").decode()
        if began is None or began["code_challenge"] != challenge or began["redirect_uri"] != form["redirect_uri"] \
                or request.headers.get("Authorization") != f"Basic {credentials}":
            return web.json_response({"error": "invalid_grant"}, status=400)
        issued = int(self.now.timestamp())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": issued, "exp": issued + 300, "nonce": began["nonce"], **self.claims}
        header = {"alg": self.algorithm, "kid": self.key.kid}
        token = jwt.encode(header, claims, self.key, algorithms=[self.algorithm])
        return web.json_response({"access_token": "x", "token_type": "Bearer", "id_token": token})


@asynccontextmanager
async def provider(**about: Any) -> AsyncIterator[Provider]:
    """A provider that runs."""
    running = Provider(**about)
    async with TestServer(running.application()) as server:
        running.issuer = str(server.make_url("")).rstrip("/")
        yield running


def query_of(address: str) -> dict[str, str]:
    """The query of an address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
