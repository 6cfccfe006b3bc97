"""python-telegram-bot's HTTP on aiohttp: its own client searches the whole connection pool for every request."""

from __future__ import annotations

import json
import re
from urllib.parse import urlencode

import aiohttp
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

TOKEN_IN_ADDRESS = re.compile(r"/bot\d+:[^/\s]+")
ERROR = re.compile(rb'\s*\{\s*"ok"\s*:\s*false')  # some servers say so with status 200
DEFAULT_RETRY_AFTER = 1.0
FORM = "application/x-www-form-urlencoded"


class SlowDown(TelegramError):
    """Telegram wants `seconds` of silence (429)."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Too many requests: retry after {seconds:g} s")
        self.seconds = seconds


class Closed(TelegramError):
    """The channel has been stopped: trying again does not help."""


class AiohttpRequest(BaseRequest):
    """One pool of connections for all calls; opened by the first call, in the loop that makes it."""

    def __init__(self, connections: int = 256, connect_timeout: float = 10.0, read_timeout: float = 15.0) -> None:
        self._connections, self._connect_timeout, self._read_timeout = connections, connect_timeout, read_timeout
        self._session: aiohttp.ClientSession | None = None
        self._closed = False

    @property
    def read_timeout(self) -> float:
        return self._read_timeout

    async def initialize(self) -> None:
        self._closed = False

    async def shutdown(self) -> None:
        self._closed = True
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE, write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE, pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        timeout = aiohttp.ClientTimeout(sock_connect=_given(connect_timeout, self._connect_timeout),
                                        sock_read=_given(read_timeout, self._read_timeout))
        try:
            async with self._open().request(method, url, data=_form(request_data), timeout=timeout,
                                            allow_redirects=False) as response:
                body = await response.read()
        except TimeoutError as error:
            raise TimedOut("no answer in time") from error
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(TOKEN_IN_ADDRESS.sub("/bot…", f"{type(error).__name__}: {error}")) from None
        status = _error_code(body) if response.status == 200 and ERROR.match(body) else response.status
        if status == 429:
            raise SlowDown(_retry_after(body, response.headers.get("Retry-After")))
        return status, body

    def _open(self) -> aiohttp.ClientSession:
        if self._closed:
            raise Closed("the connections are closed")
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, ttl_dns_cache=300)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar(),
                                                  headers={"User-Agent": self.USER_AGENT})
        return self._session


def _given(value: ODVInput[float], default: float) -> float | None:
    return value if value is None or isinstance(value, (int, float)) else default


def _form(data: RequestData | None) -> aiohttp.FormData | aiohttp.BytesPayload | None:
    """URL-encoded, as every Bot API server reads it; multipart where a file goes along."""
    if data is None:
        return None
    if not data.contains_files:  # encoded here: aiohttp's form prepares for files first, which takes three times as long
        return aiohttp.BytesPayload(urlencode(data.json_parameters).encode(), content_type=FORM)
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form


def _error_code(body: bytes) -> int:
    try:
        return int(json.loads(body)["error_code"])
    except (ValueError, KeyError, TypeError):
        return 500


def _retry_after(body: bytes, header: str | None) -> float:
    try:
        return float(json.loads(body)["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError):
        return float(header) if header and header.isdecimal() else DEFAULT_RETRY_AFTER
