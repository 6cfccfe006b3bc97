"""The web channel, put together: the page, the snippet for other sites, and the JSON API."""

from __future__ import annotations

from collections.abc import Callable

from aiohttp import web

from bot.messages import Message
from bot.settings import Settings
from flows.notices import Notices
from locales import shipped

from .api import ChatApi
from .assets import Asset
from .embedding import PATH, serve_embed_script
from .limits import Limits
from .page import ChatPage
from .ports import Conversations, Intake
from .rendering import Pages
from .streams import KEEP_ALIVE, Streams


class WebChannel:
    """Everything people and programs reach over HTTP to talk with the assistant."""

    def __init__(self, intake: Intake, conversations: Conversations, settings: Settings, *, limits: Limits | None = None,
                 keep_alive: float = KEEP_ALIVE, notices: Callable[[], Notices] = Notices) -> None:
        limits = limits or Limits.usual()
        css, js = Asset.read("chat.css"), Asset.read("chat.js")
        self._assets = (css, js)
        self._streams = Streams(conversations, keep_alive)
        pages = Pages(css.path, js.path, demonstration=settings.is_demonstration)
        self._page = ChatPage(intake, conversations, limits, self._streams, settings, pages, notices)
        self._api = ChatApi(intake, conversations, limits, self._streams, shipped(settings.default_language) or "en")

    def routes(self) -> list[web.RouteDef]:
        """The page, its stream and its static files."""
        return [*self._page.routes(), *(web.get(asset.path, asset.serve) for asset in self._assets),
                web.get(PATH, serve_embed_script)]

    def setup(self, application: web.Application) -> None:
        """Adds all pages and the API."""
        application.add_routes(self.routes())
        application.add_subapp("/api/v1", self._api.application())
        application.on_shutdown.append(self._streams.close)

    async def send(self, message: Message) -> None:
        """Nothing to do: people fetch their messages, and the stored one wakes their streams."""
