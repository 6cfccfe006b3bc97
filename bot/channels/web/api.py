"""The JSON chat API: for any website or program; a conversation's token, never a cookie, tells who speaks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib.metadata import PackageNotFoundError, version
from typing import TypeVar
from uuid import uuid4

import structlog
from aiohttp import web
from pydantic import ValidationError

from bot.messages import Inbound, Message
from flows.turn import Pressed, Said
from locales import Text, _, words

from . import problems
from .limits import Limits
from .openapi import document
from .ports import Conversations, Intake
from .problems import Problem
from .reading import body_of, checked_text, preferred
from .shapes import ErrorBody, ErrorShape, Messages, MessageShape, OpenedShape, OpenRequest, SendRequest, Shape
from .streams import Streams
from .uploads import is_upload, upload_of

log = structlog.get_logger()
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Model = TypeVar("Model", bound=Shape)
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Accept, Accept-Language, Last-Event-ID",
    "Access-Control-Expose-Headers": "Retry-After",
    "Access-Control-Max-Age": "86400",
}
PRIVATE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
BAD_OPEN = _("Please send a JSON object; “language”, if there is one, is a language tag such as “es”.")
BAD_SEND = _("Please send a JSON object with either “text” or “choice”, and with “id” if you want to be able to send it again.")
BAD_FILE = _("Please send a form with the field “file”, and with “id” (at most 100 characters) if you want to be able to send it "
             "again.")
BAD_AFTER = _("“after” is the number of a message.")


class ChatApi:
    """POST /chat, POST and GET /chat/{conversation}/messages, POST /chat/{conversation}/documents, GET /openapi.json."""

    def __init__(self, intake: Intake, conversations: Conversations, limits: Limits, streams: Streams,
                 default_language: str) -> None:
        self._intake, self._conversations = intake, conversations
        self._limits, self._streams = limits, streams
        self._default_language = default_language

    def application(self) -> web.Application:
        """The API as an application of its own, so that its errors are JSON whatever goes wrong."""
        application = web.Application(middlewares=[self._as_json])
        application.add_routes([
            web.post("/chat", self._open),
            web.post("/chat/{conversation}/messages", self._send),
            web.get("/chat/{conversation}/messages", self._read, allow_head=False),
            web.post("/chat/{conversation}/documents", self._attach),
            web.get("/openapi.json", self._describe),
        ])
        return application

    async def _open(self, request: web.Request) -> web.Response:
        body = await _json_of(request, optional=True)
        wanted = _checked(OpenRequest, body or b"{}", BAD_OPEN)
        self._limits.open(request)
        opened = await self._conversations.open(wanted.language or preferred(request))
        welcome = Messages.of(opened.messages).messages
        return _answer(OpenedShape(
            conversation=opened.conversation, token=opened.token, language=opened.language, messages=welcome))

    async def _send(self, request: web.Request) -> web.Response:
        conversation = await self._authorised(request)
        sent = _checked(SendRequest, await _json_of(request), BAD_SEND)
        incoming = Pressed(sent.choice) if sent.choice is not None else Said(checked_text(sent.text or ""))
        if incoming == Said(""):
            raise problems.not_understood(BAD_SEND)
        self._limits.write(request, conversation)
        key = f"{conversation}:{sent.id or uuid4().hex}"
        replies = await self._intake.submit(Inbound("web", conversation, key, incoming, hint=preferred(request)))
        return _answer(Messages.of(replies))

    async def _attach(self, request: web.Request) -> web.Response:
        conversation = await self._authorised(request)
        if not is_upload(request):
            raise problems.not_a_form()
        async with self._limits.upload(request):
            fields, file = await upload_of(request)
        key = fields.get("id", "").replace("\0", "")
        if file is None or len(key) > 100:
            raise problems.not_understood(BAD_FILE)
        self._limits.write(request, conversation)
        incoming = file.attached(checked_text(fields.get("text", "")))
        replies = await self._intake.submit(Inbound("web", conversation, f"{conversation}:{key or uuid4().hex}", incoming,
                                                    hint=preferred(request), content=file.content))
        return _answer(Messages.of(replies))

    async def _read(self, request: web.Request) -> web.StreamResponse:
        conversation = await self._authorised(request)
        after = request.query.get("after", "0")
        if not (after.isascii() and after.isdecimal() and len(after) <= 18):
            raise problems.not_understood(BAD_AFTER)
        if "text/event-stream" in request.headers.get("Accept", ""):
            return await self._streams.serve(request, conversation, _event, int(after), CORS)
        return _answer(Messages.of(await self._conversations.since(conversation, int(after))))

    async def _describe(self, _request: web.Request) -> web.Response:
        return web.json_response(document(_version()))

    async def _authorised(self, request: web.Request) -> str:
        """The conversation in the address, if the token is its own.

        Raises Problem (401).
        """
        scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
        conversation = request.match_info["conversation"]
        if scheme.lower() != "bearer" or not await self._conversations.authorised(conversation, token.strip()):
            raise problems.unauthorised()
        return conversation

    @web.middleware
    async def _as_json(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.method == "OPTIONS":
            return web.Response(status=204, headers=CORS)
        try:
            response = await handler(request)
        except Problem as problem:
            response = self._refusal(request, problem)
        except web.HTTPMethodNotAllowed as error:
            response = self._refusal(request, problems.wrong_method(", ".join(sorted(error.allowed_methods))))
        except web.HTTPException:
            response = self._refusal(request, problems.nowhere())
        except Exception:
            log.exception("request failed", method=request.method, resource=_resource(request))
            response = self._refusal(request, problems.unavailable())
        if not response.prepared:
            response.headers.update(CORS | PRIVATE)
        return response

    def _refusal(self, request: web.Request, problem: Problem) -> web.Response:
        language = preferred(request) or self._default_language
        error = ErrorBody(code=problem.code, message=words(language).render(problem.message))
        response = _answer(ErrorShape(error=error), problem.status)
        response.headers.update(problem.headers | {"Content-Language": language, "Vary": "Accept-Language"})
        return response


async def _json_of(request: web.Request, *, optional: bool = False) -> bytes:
    """The body, if it says that it is JSON; an empty one may say nothing where it is optional."""
    body = await body_of(request)
    if request.content_type != "application/json" and (body or not optional):
        raise problems.not_json()
    return body


def _checked(model: type[Model], body: bytes, otherwise: Text) -> Model:
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        raise problems.not_understood(otherwise) from error


def _answer(shape: Shape, status: int = 200) -> web.Response:
    return web.Response(text=shape.model_dump_json(), status=status, content_type="application/json", charset="utf-8")


def _event(message: Message) -> str | None:
    return None if message.author == "person" else MessageShape.of(message).model_dump_json()


def _resource(request: web.Request) -> str:
    resource = request.match_info.route.resource
    return resource.canonical if resource else ""


def _version() -> str:
    try:
        return version("partnership-assistant")
    except PackageNotFoundError:
        return "0"
