"""Charts and a map of the world as SVG inside the page, drawn by pygal on the server.

Colours and letters come from the desk's stylesheet, so that neither script nor style stands in the markup; each chart has
a table beside it that says the same. pygal is imported on first use, since most pages draw nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any
from xml.etree.ElementTree import Element

from markupsafe import Markup

WIDTH = 420  # user units: as wide as a phone, so that letters stay readable there
ROW, FRAME = 27, 45  # the height of a bar, and of what stands around the bars
LONGEST_LABEL = 24
LETTERS = 12  # their size, as in the stylesheet: room is kept for them
KEPT = 64  # drawn charts of each kind: drawing is most of what a page with charts costs, and numbers often stay as they are
STEPS = (1, 3, 10, 30, 100)  # from which number on a country has which shade
UNWANTED = ("defs", "desc", "script", "style", "title")
Format = Callable[[float], str]


def whole(value: float) -> str:
    """A number of things."""
    return f"{value:.0f}"


def bars(title: str, values: Sequence[tuple[str, float]], shown: Format = whole) -> Markup:
    """Lying bars, the first on top."""
    return _bars(title, tuple(values), shown)


@lru_cache(maxsize=KEPT)
def _bars(title: str, values: tuple[tuple[str, float], ...], shown: Format) -> Markup:
    pygal = _pygal()
    chart = pygal.HorizontalBar(height=ROW * len(values) + FRAME, print_values=True, print_values_position="top",
                                show_x_labels=False, show_x_guides=False, **_settings(shown))
    chart.x_labels = [_short(label) for label, _value in reversed(values)]
    chart.add("", [value for _label, value in reversed(values)])
    return _drawn(chart, title)


def columns(title: str, labels: Sequence[str], series: Sequence[tuple[str, Sequence[float]]], shown: Format = whole) -> Markup:
    """Columns in the order of time, the series stacked; `legend` names their colours."""
    return _columns(title, tuple(labels), tuple((name, tuple(values)) for name, values in series), shown)


@lru_cache(maxsize=KEPT)
def _columns(title: str, labels: tuple[str, ...], series: tuple[tuple[str, tuple[float, ...]], ...], shown: Format) -> Markup:
    pygal = _pygal()
    chart = pygal.StackedBar(height=WIDTH * 0.55, y_labels_major_count=4, show_minor_y_labels=False, include_x_axis=True,
                             **_settings(shown))
    chart.x_labels = list(labels)
    for name, values in series:
        chart.add(name, list(values))
    return _drawn(chart, title)


def legend(names: Sequence[str]) -> Markup:
    """What the colours of `columns` mean."""
    return _keys("color", names)


def shades() -> Markup:
    """What the shades of `world` mean."""
    bounds = zip(STEPS, (*(step - 1 for step in STEPS[1:]), None), strict=True)
    return _keys("shade", [f"{least}+" if most is None else f"{least}–{most}" for least, most in bounds])


def world(title: str, values: Mapping[str, int]) -> Markup:
    """The countries (by ISO 3166-1 alpha-2) on a map of equal areas, the darker the more; `shades` is its legend."""
    return _world(title, tuple(sorted(values.items())))


@lru_cache(maxsize=KEPT)
def _world(title: str, values: tuple[tuple[str, int], ...]) -> Markup:
    chart = _map_class()(height=320, **{**_settings(whole), "width": 720, "classes": ("chart", "map")})
    for number, _least in enumerate(STEPS):
        chart.add(str(number), {code: value for code, value in values if _shade(value) == number})
    return _drawn(chart, title)


@cache
def shapes() -> Mapping[str, str]:
    """Outlines of the countries that a small map can show, as SVG paths."""
    import json
    from importlib.resources import files

    found: dict[str, str] = json.loads((files("bot.desk") / "world.json").read_text("ascii"))
    return found


def _keys(kind: str, names: Sequence[str]) -> Markup:
    square = '<svg class="key {}-{}" viewBox="0 0 10 10" aria-hidden="true"><rect width="10" height="10"/></svg>'
    item = Markup(f"<li>{square} {{}}</li>")
    return Markup('<ul class="legend">{}</ul>').format(Markup().join(item.format(kind, *each) for each in enumerate(names)))


@cache
def _pygal() -> Any:
    """pygal without its importer of map plug-ins, which is of a kind that Python no longer knows and warns about."""
    import sys

    import pygal

    sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, pygal.PluginImportFixer)]
    return pygal


@cache
def _map_class() -> Any:
    """pygal's map, over our outlines."""
    base: Any = _pygal().graph.map.BaseMap

    paths = "".join(f'<g class="land{code} country map-element"><path d="{path}"/></g>' for code, path in shapes().items())

    class WorldMap(base):  # type: ignore[misc]  # pygal has no types
        area_names = shapes()
        area_prefix, kind = "land", "country"
        svg_map = f'<svg viewBox="0 0 720 311">{paths}</svg>'

    return WorldMap


def _shade(value: int) -> int:
    return sum(value >= step for step in STEPS) - 1


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1].rstrip() + "…"


def _settings(shown: Format) -> dict[str, Any]:
    """Nothing but shapes and words: no script, no style, no tooltips."""
    return {
        "style": _pygal().style.Style(label_font_size=LETTERS, major_label_font_size=LETTERS),
        "width": WIDTH, "js": [], "css": [], "no_prefix": True, "show_legend": False, "disable_xml_declaration": True,
        "no_data_text": "", "margin": 4, "value_formatter": shown, "classes": ("chart",), "min_scale": 2, "max_scale": 6,
    }


def _drawn(chart: Any, title: str) -> Markup:
    chart.add_xml_filter(lambda root: _cleaned(root, title))
    return Markup(chart.render(is_unicode=True))  # pygal escapes what it is given


def _cleaned(root: Element, title: str) -> Element:
    """The picture alone, with its name; the page's rules forbid the rest."""
    for parent in list(root.iter()):
        for child in [child for child in parent if _unwanted(child)]:
            parent.remove(child)
    for node in root.iter():
        node.attrib.pop("style", None)
        node.attrib.pop("id", None)
    root.set("role", "img")
    root.set("aria-label", title)
    return root


def _unwanted(node: Element) -> bool:
    if not isinstance(node.tag, str):  # a comment
        return True
    return node.tag.rpartition("}")[2] in UNWANTED or node.get("class", "").endswith(("tooltip-overlay", "plot overlay"))
