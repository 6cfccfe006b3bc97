"""Places as people type them: countries, cities, demonyms, abbreviations and typos, in some 75 languages."""

from .gazetteer import Gazetteer
from .matches import Mention, Place

__all__ = ["Gazetteer", "Mention", "Place"]
