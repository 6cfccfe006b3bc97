"""What the assistant knows, and how a question finds its answer."""

from .base import Knowledge

__all__ = ["Knowledge"]
