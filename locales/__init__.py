"""Every word a person reads, per language: marked in the code, kept in gettext catalogues, rendered at the edge."""

from .catalogue import SOURCE_LANGUAGE, Words, is_country, languages, shipped, words
from .text import Country, LanguageName, Listing, Spoken, Text, Value, _, listing, ngettext, pgettext

__all__ = [
    "SOURCE_LANGUAGE", "Country", "LanguageName", "Listing", "Spoken", "Text", "Value", "Words", "_", "is_country", "languages",
    "listing", "ngettext", "pgettext", "shipped", "words",
]
