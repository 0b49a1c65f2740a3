"""The log: one line for each thing that happened, from every process in the same form."""

from __future__ import annotations

import logging
import logging.config
import sys
from typing import TYPE_CHECKING, Any, TextIO

import structlog

if TYPE_CHECKING:
    from structlog.typing import Processor

#: What every line has, ours and those of libraries.
_ON_EVERY_LINE: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
    structlog.stdlib.ExtraAdder(),
]

# All lines go through the standard library's loggers, so that one place says where they end.
structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        *_ON_EVERY_LINE,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)


def of(name: str) -> structlog.stdlib.BoundLogger:
    """The log of a module: `log = logs.of(__name__)`, then `log.info("swept", rows=3)`."""
    return structlog.get_logger(name)  # type: ignore[no-any-return]


#: Who came in, who was refused and why: ids and our own words, never what somebody typed.
security = of("security")


def set_up(stream: TextIO | None = None) -> None:
    """Write this process's log to a stream, standard error if none is given.

    JSON, one object a line; where somebody looks on, at a terminal, lines for the eye.
    """
    stream = stream or sys.stderr
    form = _for_the_eye() if stream.isatty() else _for_machines()
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "line": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": _ON_EVERY_LINE,
                    "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *form],
                }
            },
            "handlers": {"stream": {"class": "logging.StreamHandler", "stream": stream, "formatter": "line"}},
            "root": {"level": "INFO", "handlers": ["stream"]},
            # They say at each start what they are set up with.
            "loggers": {name: {"level": "WARNING"} for name in ("alembic.runtime.plugins", "alembic.runtime.setup")},
        }
    )


def _for_the_eye() -> list[Processor]:
    plain = structlog.dev.plain_traceback
    return [_at_what_time, structlog.dev.ConsoleRenderer(exception_formatter=plain, timestamp_key="at")]


def _at_what_time(logger: Any, name: str, line: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Who looks on knows what day it is."""
    line["at"] = line["at"].partition("T")[2].partition(".")[0]
    return line


def _for_machines() -> list[Processor]:
    return [structlog.processors.format_exc_info, _put_first, structlog.processors.JSONRenderer()]


def _put_first(logger: Any, name: str, line: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """When, how grave, who says it and what, in the same order on every line."""
    return {key: line.pop(key) for key in ("at", "level", "logger", "event") if key in line} | dict(line)
