"""The words of a demonstration, from the files in `data/`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

HOME = Path(__file__).parent / "data"


def script(name: str) -> Any:
    """A file's content."""
    return yaml.safe_load((HOME / f"{name}.yaml").read_text(encoding="utf-8"))
