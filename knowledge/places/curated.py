"""Turns the lists written by hand (curated.yaml, demonyms.yaml) into the tables that the program reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from .forms import FORMS
from .spelling import keyed, spelled
from .typed import UNKNOWN


def codes(listed: str) -> tuple[str, ...]:
    """Codes written as one line."""
    return tuple(listed.split())


# Demonyms that are also the names of languages are often said of a language: never certain.
LANGUAGE_NAMES = codes("AL AM AZ BA BD BY CN FJ GE HR ID KG KH KZ LA MG MK MM MN MY NP PH RS RU SO TH TJ TM TR UA UZ VN WS")


def compiled(folder: Path) -> dict[str, Any]:
    """All tables with their keys folded.

    An entry of names is "KE", or "CD CG" where it is ambiguous. What follows tells its source: "!" the curated list,
    "|de es" CLDR in these languages (the build step adds it), nothing a demonym, "?" one that is also a language's name.
    """
    curated = yaml.safe_load((folder / "curated.yaml").read_text(encoding="utf-8"))
    demonyms = yaml.safe_load((folder / "demonyms.yaml").read_text(encoding="utf-8"))
    names = {keyed(name): code + "!" for code, listed in curated["names"].items() for name in listed}
    names |= {keyed(name): several + "!" for several, listed in curated["ambiguous"].items() for name in listed}
    words = demonym_forms(demonyms)
    return {
        "names": names,
        "demonyms": {key: entry for key, entry in words.items() if key not in names},
        "abbreviations": {
            short: code for code, listed in curated["abbreviations"].items() for short in listed.split()
        },
        "cities": {keyed(str(name)): places for name, places in curated["cities"].items()},
        "nowhere": sorted({keyed(name) for name in curated["nowhere"]}),
        "regions": {keyed(name): slug for slug, listed in curated["regions"].items() for name in listed},
        "homonyms": {language: sorted(map(keyed, listed)) for language, listed in curated["homonyms"].items()},
        "everyday": sorted({keyed(str(word)) for word in curated["everyday"]}),
        "cues": sorted({keyed(str(cue)) for cue in curated["cues"]}),
        "openers": sorted({keyed(str(opener)) for opener in curated["openers"]}),
        "endings": endings([*curated["endings"], *map(adjective_endings, curated["adjectives"])]),
        "prefixes": {language: sorted({spelled(each) for each in listed}, key=lambda each: (-len(each), each))
                     for language, listed in curated["prefixes"].items()},
    }  # fmt: skip


def demonym_forms(demonyms: dict[str, dict[str, str]]) -> dict[str, str]:
    """Every form of every demonym; a form of two countries stands for both, one that names a language has a "?"."""
    found: dict[str, list[str]] = {}
    for code, by_language in demonyms.items():
        for language, listed in by_language.items():
            for word in listed.split(","):
                for form in sorted(FORMS[language](word.strip())):
                    meant = found.setdefault(keyed(form), [])
                    meant += [code] if code not in meant else []
    return {
        key: " ".join(meant) + ("?" if len(meant) == 1 and meant[0] in LANGUAGE_NAMES else "")
        for key, meant in sorted(found.items())
    }


def adjective_endings(group: dict[str, Any]) -> dict[str, Any]:
    """A group of case endings for the adjectives: every stem with every ending."""
    stems = [rule.partition(">") for rule in group["stems"].split()]
    rules = " ".join(f"{stem}{ending}>{name}" for stem, _, name in stems for ending in group["endings"].split())
    return {"languages": group["languages"], "rules": rules}


def endings(groups: list[dict[str, Any]]) -> list[list[str]]:
    """Case endings as [languages, "ending>nominative ending ..."], longest first; Latin ones hold for an unknown language."""
    table = []
    for group in groups:
        rules = {">".join(map(spelled, rule.split(">"))) for rule in group["rules"].split()}
        ordered = sorted(rules, key=lambda rule: (-rule.index(">"), rule))
        languages = [*group["languages"], *([UNKNOWN] if ordered[0].isascii() else ())]
        table.append([" ".join(languages), " ".join(ordered)])
    return table
