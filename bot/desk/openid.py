"""The organisation's own sign-in, by OpenID Connect: code flow with PKCE, state and nonce, the ID token's signature checked.

It tells who somebody is. Whether they belong to the team, and what they may do there, only the team's own list tells.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal, cast
from urllib.parse import quote, urlencode

import aiohttp

if TYPE_CHECKING:
    from joserfc._keys import KeySetSerialization
    from joserfc.jwk import KeySet

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
"""Signatures that only the provider can make; never "none", never one with the shared secret."""
LEEWAY = 60  # seconds by which two clocks may differ
TIMEOUT = aiohttp.ClientTimeout(total=10)
SCOPE = "openid email profile"
Why = Literal["unreachable", "forged", "cancelled", "unverified"]


class NoSignIn(Exception):
    """Nobody is signed in; `why` says what to tell."""

    def __init__(self, why: Why, detail: str = "") -> None:
        super().__init__(f"{why}: {detail}" if detail else why)
        self.why = why


@dataclass(frozen=True)
class Identity:
    """Who somebody is by the provider: its own number of them, and the name by which the team's list knows them at first."""

    number: str
    name: str


@dataclass(frozen=True)
class Secrets:
    """What one attempt to sign in is bound to; all of it follows from the secret in the browser's cookie."""

    secret: str

    @property
    def state(self) -> str:
        return self._derived("state")

    @property
    def nonce(self) -> str:
        return self._derived("nonce")

    @property
    def verifier(self) -> str:
        return self._derived("verifier")

    @property
    def challenge(self) -> str:
        """What the provider sees of the verifier before it sees the verifier itself."""
        return base64.urlsafe_b64encode(hashlib.sha256(self.verifier.encode()).digest()).rstrip(b"=").decode()

    def _derived(self, purpose: str) -> str:
        return hmac.new(self.secret.encode(), purpose.encode(), hashlib.sha256).hexdigest()


@dataclass
class OpenId:
    """One provider; `claim` is the part of the ID token that the team's list knows people by."""

    issuer: str
    client: str
    secret: str
    claim: str = "email"
    _known: dict[str, Any] = field(default_factory=dict)
    _keys: KeySet | None = None

    async def address(self, secrets: Secrets, back: str) -> str:
        """Where the browser goes to sign in; it comes back to `back`.

        Raises NoSignIn where the provider cannot be reached.
        """
        known = await self._discovered()
        query = {"response_type": "code", "client_id": self.client, "redirect_uri": back, "scope": SCOPE, "state": secrets.state,
                 "nonce": secrets.nonce, "code_challenge": secrets.challenge, "code_challenge_method": "S256"}
        joint = "&" if "?" in known["authorization_endpoint"] else "?"
        return f"{known['authorization_endpoint']}{joint}{urlencode(query)}"

    async def identity(self, secrets: Secrets, state: str, code: str, back: str, now: datetime) -> Identity:
        """Who has come back with this state and code.

        Raises NoSignIn where that cannot be told for sure.
        """
        if not hmac.compare_digest(state.encode(), secrets.state.encode()):
            raise NoSignIn("forged", "state")
        if not code:
            raise NoSignIn("cancelled")
        known = await self._discovered()
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": secrets.verifier}
        answer = await self._asked("POST", known["token_endpoint"], **self._credentials(form, known))
        return self._named(await self._claims(str(answer.get("id_token", "")), secrets.nonce, now))

    def _named(self, claims: dict[str, Any]) -> Identity:
        name = claims.get(self.claim)
        if not isinstance(name, str) or not name.strip():
            raise NoSignIn("unverified", f"no claim {self.claim}")
        if self.claim == "email" and str(claims.get("email_verified")).lower() != "true":
            raise NoSignIn("unverified", "email_verified")
        return Identity(f"{self.issuer} {claims['sub']}", name.strip().lower())

    async def _claims(self, token: str, nonce: str, now: datetime) -> dict[str, Any]:
        """The ID token's claims, once its signature and all that binds it to this attempt have been checked."""
        from joserfc.errors import JoseError  # dear to import, and needed only where this sign-in is used
        from joserfc.jwt import JWTClaimsRegistry

        registry = JWTClaimsRegistry(
            now=int(now.timestamp()), leeway=LEEWAY, iss={"essential": True, "value": self._known["issuer"]},
            aud={"essential": True, "value": self.client}, exp={"essential": True}, iat={"essential": True},
            sub={"essential": True}, nonce={"essential": True, "value": nonce})
        try:
            found = await self._signed(token)
            registry.validate(found)
        except (JoseError, ValueError) as error:
            raise NoSignIn("forged", type(error).__name__) from error
        parties = found["aud"]
        if isinstance(parties, list) and len(parties) > 1 and found.get("azp") != self.client:
            raise NoSignIn("forged", "azp")
        if now - datetime.fromtimestamp(found["iat"], now.tzinfo) > timedelta(minutes=10):
            raise NoSignIn("forged", "iat")
        return found

    async def _signed(self, token: str) -> dict[str, Any]:
        """The claims of a token that the provider has signed, perhaps with a key that is newer than those known."""
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet
        from joserfc.jwt import decode

        for fresh in (False, True):
            if fresh or self._keys is None:
                self._keys = KeySet.import_key_set(cast("KeySetSerialization", await self._asked("GET", self._known["jwks_uri"])))
            try:
                return dict(decode(token, self._keys, algorithms=ALGORITHMS).claims)
            except (JoseError, ValueError):
                if fresh:
                    raise
        raise AssertionError("the second try returns or raises")

    async def _discovered(self) -> dict[str, Any]:
        if not self._known:
            known = await self._asked("GET", f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
            if str(known.get("issuer", "")).rstrip("/") != self.issuer.rstrip("/"):
                raise NoSignIn("unreachable", "the provider names another issuer")
            if not {"authorization_endpoint", "token_endpoint", "jwks_uri"} <= set(known):
                raise NoSignIn("unreachable", "the provider does not name its endpoints")
            self._known = known
        return self._known

    def _credentials(self, form: dict[str, str], known: dict[str, Any]) -> dict[str, Any]:
        methods = known.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        if not self.secret:
            return {"data": form | {"client_id": self.client}}
        if "client_secret_basic" not in methods:
            return {"data": form | {"client_id": self.client, "client_secret": self.secret}}
        pair = base64.b64encode(f"{quote(self.client, safe='')}:{quote(self.secret, safe='')}".encode()).decode()
        return {"data": form, "headers": {"Authorization": f"Basic {pair}"}}

    async def _asked(self, method: str, address: str, **options: Any) -> dict[str, Any]:
        try:
            async with (aiohttp.ClientSession(timeout=TIMEOUT) as session,
                        session.request(method, address, allow_redirects=False, **options) as response):
                answer = await response.json(content_type=None)
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise NoSignIn("unreachable", type(error).__name__) from error
        if response.status != 200 or not isinstance(answer, dict):
            raise NoSignIn("forged" if method == "POST" else "unreachable", f"status {response.status}")
        return answer
