"""A reader who follows every link of the desk: which page of its table of routes leads where, found as people find it."""

from __future__ import annotations

import html
import re
from collections import deque
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from aiohttp.web_urldispatcher import DynamicResource

from bot.desk.guard import Page as Route
from tests.support.desk import Browser, Page

LINK = re.compile(r'(?:href|src)="(/desk[^"#]*)')


def pattern_of(route: Route) -> re.Pattern[str]:
    """Which addresses a route of the desk takes."""
    if "{" not in route.path:
        return re.compile(re.escape(f"/desk{route.path}"))
    info = DynamicResource(f"/desk{route.path}").get_info()
    return info["pattern"]


def links(page: Page) -> Iterator[str]:
    """The desk's addresses on a page."""
    return (html.unescape(found) for found in LINK.findall(page.text))


async def crawled(browser: Browser, routes: Iterable[Route], most: int = 3) -> dict[str, list[Page]]:
    """Follows links from the first page, at most so many addresses of a route; the pages by their route's path."""
    patterns = [(route.path, pattern_of(route)) for route in routes if route.method == "GET" and route.role != "stranger"]
    found: dict[str, list[Page]] = {path: [] for path, _pattern in patterns}
    waiting, seen = deque(["/desk"]), {"/desk"}
    while waiting:
        address = waiting.popleft()
        path = next((path for path, pattern in patterns if pattern.fullmatch(urlsplit(address).path)), None)
        if path is None or len(found[path]) >= most:
            continue
        page = await browser.get(address)
        found[path].append(page)
        fresh = [link for link in links(page) if link not in seen] if page.headers["Content-Type"].startswith("text/html") else []
        seen.update(fresh)
        waiting.extend(fresh)
    return found
