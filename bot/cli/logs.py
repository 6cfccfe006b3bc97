"""Log lines go to stderr, of our own code and of the libraries alike, as text or as JSON."""

from __future__ import annotations

import logging
import sys
from typing import Literal

import structlog
from structlog.typing import Processor

from bot.faults import note_fault

COMMON: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
    note_fault,
)


def log_to_stderr(form: Literal["text", "json"], level: int = logging.INFO) -> None:
    """Sets both up; libraries speak from warnings on."""
    rendering = _rendering(form)
    structlog.configure(
        processors=[*COMMON, *rendering],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *rendering],
        foreign_pre_chain=[*COMMON, structlog.stdlib.add_logger_name]))
    logging.basicConfig(handlers=[handler], level=max(level, logging.WARNING), force=True)


def _rendering(form: Literal["text", "json"]) -> list[Processor]:
    """Tracebacks without the values of variables: those may be what a person has written."""
    if form == "json":
        return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    plain = structlog.dev.plain_traceback
    return [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain)]
