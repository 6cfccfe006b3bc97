"""The forms of a demonym that people write: feminine, plural, and the German case endings; used by the build step."""

from __future__ import annotations

from collections.abc import Callable


def english(word: str) -> set[str]:
    """Kenyan, Kenyans; Chinese has no plural of its own."""
    return {word} if word.endswith(("ese", "ish", "s")) else {word, word + "s"}


def german(word: str) -> set[str]:
    """kenianisch with its endings; Kenianer, Kenianerin; Serbe, Serbin."""
    if word.endswith("isch"):
        return {word + ending for ending in ("", "e", "er", "en", "em", "es")}
    if word.endswith("e"):
        return {word[:-1] + ending for ending in ("e", "en", "in", "innen")}
    return {word + ending for ending in ("", "s", "n", "in", "innen", "en")}


def french(word: str) -> set[str]:
    """kényan, kényane and kényanne; brésilien, brésilienne; serbe."""
    if word.endswith("e"):
        return {word, word + "s"}
    feminine = {word + "e", word + "ne"} if word.endswith("n") else {word + "e", word + "que"}
    singular = {word} | feminine | ({word[:-1] + "que"} if word.endswith("c") else set())
    return singular | {form if form.endswith("s") else form + "s" for form in singular}


def spanish(word: str) -> set[str]:
    """keniano -a -os -as; japonés, japonesa; iraquí, iraquíes."""
    if word.endswith("o"):
        return {word[:-1] + ending for ending in ("o", "a", "os", "as")}
    if word.endswith("és"):
        return {word} | {word[:-2] + ending for ending in ("esa", "eses", "esas")}
    if word.endswith("í"):
        return {word, word + "s", word + "es"}
    return {word, word + "s"} if word[-1] in "aeú" else {word, word + "a", word + "es", word + "as"}


def portuguese(word: str) -> set[str]:
    """queniano -a -os -as; japonês, japonesa; afegão, afegã; eritreu, eritreia."""
    if word.endswith("ês"):
        return {word} | {word[:-2] + ending for ending in ("esa", "eses", "esas")}
    if word.endswith("ão"):
        return {word[:-2] + ending for ending in ("ão", "ã", "ãos", "ãs", "ães")}
    if word.endswith("eu"):
        return {word[:-2] + ending for ending in ("eu", "eia", "eus", "eias")}
    if word.endswith("z"):
        return {word, word + "es"}
    return spanish(word)


def arabic(word: str) -> set[str]:
    """كيني with feminine and plural; every word of it may carry the article."""
    forms = {word + ending for ending in ("", "ة", "ون", "ين", "ات")}
    return forms | {"ال" + form for form in forms} | {"ال" + form.replace(" ", " ال") for form in forms}


FORMS: dict[str, Callable[[str], set[str]]] = {
    "en": english, "de": german, "fr": french, "es": spanish, "pt": portuguese, "ar": arabic,
}  # fmt: skip
