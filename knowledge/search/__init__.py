"""How a question finds its answer: words first, a sentence encoder where they leave doubt, and three honest outcomes."""

from .matcher import Matcher

__all__ = ["Matcher"]
