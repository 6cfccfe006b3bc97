"""Whether the assistant is alive and ready, and its figures for Prometheus."""

from __future__ import annotations

from aiohttp import web
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from bot.engine.engine import Engine
from bot.store.database import Store
from bot.store.migrate import current_revision
from bot.store.migrations import HEAD


class Health:
    """/healthz, /readyz and /metrics."""

    def __init__(self, store: Store, engine: Engine) -> None:
        self._store = store
        self._registry = CollectorRegistry()
        waiting = Gauge("assistant_messages_waiting", "Inbound messages not yet committed.", registry=self._registry)
        waiting.set_function(lambda: engine.committer.length)
        unsent = Gauge("assistant_replies_unsent", "Replies committed and not yet sent.", registry=self._registry)
        unsent.set_function(lambda: engine.postman.length)

    def setup(self, application: web.Application) -> None:
        """Adds the pages."""
        application.add_routes([
            web.get("/healthz", self._alive), web.get("/readyz", self._ready), web.get("/metrics", self._metrics)])

    async def _alive(self, _request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def _ready(self, _request: web.Request) -> web.Response:
        try:
            revision = await current_revision(self._store)
        except (SQLAlchemyError, OSError) as error:
            return web.json_response({"status": "no database", "error": type(error).__name__}, status=503)
        if revision != HEAD:
            return web.json_response({"status": "migrations missing", "revision": revision}, status=503)
        return web.json_response({"status": "ready", "revision": revision})

    async def _metrics(self, _request: web.Request) -> web.Response:
        return web.Response(body=generate_latest(self._registry), headers={"Content-Type": "text/plain; version=0.0.4"})
