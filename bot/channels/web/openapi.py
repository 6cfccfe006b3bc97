"""The API's OpenAPI document, made from the models that check it."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import models_json_schema

from flows.files import MOST_BYTES

from .problems import MOST_CHARACTERS
from .shapes import ErrorShape, Messages, MessageShape, OpenedShape, OpenRequest, SendRequest

Json = dict[str, Any]
REFUSALS = {
    400: "The request is not understood.", 401: "The token is missing or wrong, or there is no such conversation.",
    408: "The file took too long to arrive.",
    413: f"The body is larger than 64 KB, or the text longer than {MOST_CHARACTERS:,} characters.",
    415: "The body is not JSON, or for a document no form.", 429: "Too much at once; Retry-After says how many seconds to wait.",
    503: "Nothing could be stored just now; send the same again.",
}
LANGUAGE = {"name": "Accept-Language", "in": "header", "schema": {"type": "string"},
            "description": "The language of error messages, and of a conversation opened without one."}
CONVERSATION = {"name": "conversation", "in": "path", "required": True, "schema": {"type": "string"}}
AFTER = {"name": "after", "in": "query", "schema": {"type": "integer", "minimum": 0, "default": 0},
         "description": "The id of the last message that is known."}
LAST = {"name": "Last-Event-ID", "in": "header", "schema": {"type": "integer"},
        "description": "Where a stream that broke off goes on."}


def document(version: str) -> Json:
    """The OpenAPI 3.1 document."""
    models = (OpenRequest, SendRequest, MessageShape, Messages, OpenedShape, ErrorShape)
    _names, schemas = models_json_schema([(model, "validation") for model in models],
                                         ref_template="#/components/schemas/{model}")
    return {
        "openapi": "3.1.0",
        "info": {"title": "Partnership assistant: chat API", "version": version,
                 "description": "Holds the same dialogues as the web chat. Each conversation has its own secret token."},
        "servers": [{"url": "/api/v1"}],
        "paths": {"/chat": {"post": _open()}, "/chat/{conversation}/messages": {"post": _send(), "get": _read()},
                  "/chat/{conversation}/documents": {"post": _attach()}},
        "components": {
            "schemas": schemas["$defs"],
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _open() -> Json:
    responses = _responses("The conversation, its token and its welcome.", _json("OpenedShape"), 400, 413, 415, 429, 503)
    return {"operationId": "openConversation", "summary": "Opens a conversation", "parameters": [LANGUAGE], "security": [],
            "requestBody": {"required": False, "content": _json("OpenRequest")}, "responses": responses}


def _send() -> Json:
    return {"operationId": "sendMessage", "summary": "Sends a text or a choice", "parameters": [CONVERSATION, LANGUAGE],
            "security": [{"token": []}], "requestBody": {"required": True, "content": _json("SendRequest")},
            "responses": _responses("The replies.", _json("Messages"), 400, 401, 413, 415, 429, 503)}


def _attach() -> Json:
    file = {"type": "string", "format": "binary", "contentMediaType": "application/octet-stream",
            "description": f"PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP, JPEG, PNG, WebP or HEIC, at most {MOST_BYTES >> 20} MB."}
    text = {"type": "string", "description": "What is written along with it."}
    key = {"type": "string", "maxLength": 100, "description": "Idempotency key: sent again, it changes nothing."}
    form = {"type": "object", "required": ["file"], "properties": {"file": file, "text": text, "id": key}}
    return {"operationId": "sendDocument", "parameters": [CONVERSATION, LANGUAGE], "security": [{"token": []}],
            "summary": "Attaches a document to a checklist; the replies ask where it belongs, or say why it is not taken",
            "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": form}}},
            "responses": _responses("The replies.", _json("Messages"), 400, 401, 408, 413, 415, 429, 503)}


def _read() -> Json:
    stream = {"text/event-stream": {"schema": {"type": "string", "description":
              "One event per message: its id as `id`, a MessageShape as `data`; a comment every 15 seconds."}}}
    return {"operationId": "readMessages", "summary": "What others have written since, at most 200 messages, or as a stream",
            "parameters": [CONVERSATION, AFTER, LAST, LANGUAGE], "security": [{"token": []}],
            "responses": _responses("The messages.", _json("Messages") | stream, 400, 401, 429, 503)}


def _json(model: str) -> Json:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{model}"}}}


def _responses(good: str, content: Json, *refusals: int) -> Json:
    refused = {str(status): {"description": REFUSALS[status], "content": _json("ErrorShape")} for status in refusals}
    return {"200": {"description": good, "content": content}, **refused}
