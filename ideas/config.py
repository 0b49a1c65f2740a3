"""Settings: what an operator may set, read once from HEADROOM_* variables, here and nowhere else."""

from __future__ import annotations

import dataclasses
import ipaddress
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

import sqlalchemy as sa

#: The checkout: the app is run from it, and templates, static files and migrations lie in it.
ROOT = Path(__file__).resolve().parent.parent

#: Where the processes of one start put their counts together: a folder, named by who starts them.
_SHARED_COUNTS = "PROMETHEUS_MULTIPROC_DIR"

#: A shorter key could be found by trying.
SECRET_KEY_CHARACTERS = 32


class WrongSetting(ValueError):
    """A setting that the app can't start with; says which one it is and how to put it right."""


def _setting(variable: str, says: str, *, default: str, read: Callable[[str], Any], shown: str = "") -> Any:
    """A field of `Settings`: its variable, what it says to an operator, its default as text.

    `shown` stands in the README for a default that is not one fixed text.
    """
    about = {"variable": variable, "says": says, "default": default, "read": read}
    return dataclasses.field(metadata={**about, "shown": shown or f"`{default}`"})


def _folder(text: str) -> Path:
    return (ROOT / text).resolve()


def _folder_if_named(text: str) -> Path | None:
    return _folder(text) if text else None


def _database_url(text: str) -> str:
    """A URL that SQLAlchemy understands, with PostgreSQL spoken through psycopg 3. Empty stays so."""
    if not text:
        return text
    advice = "Set it to postgresql://user:password@host/name or to sqlite:////full/path/to/file.db."
    try:
        url = sa.make_url(text)
    except sa.exc.ArgumentError:
        # `from None`: the error would show the whole URL, and with it the password.
        raise WrongSetting(f"is not a database URL. {advice}") from None
    if url.drivername in {"postgres", "postgresql", "postgresql+psycopg"}:
        return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    if url.drivername == "sqlite" and url.database not in {None, "", ":memory:"}:
        file = (Path.cwd() / str(url.database)).resolve()
        return url.set(database=str(file)).render_as_string(hide_password=False)
    raise WrongSetting(f"names no database that Headroom can use. {advice}")


def _secret_key(text: str) -> str:
    if text and len(text) < SECRET_KEY_CHARACTERS:
        raise WrongSetting(
            f"is shorter than {SECRET_KEY_CHARACTERS} characters. Set it to a long random text, "
            "or leave it unset: one is made and kept."
        )
    return text


def _metrics_token(text: str) -> str:
    if text and len(text) < SECRET_KEY_CHARACTERS:
        raise WrongSetting(
            f"is shorter than {SECRET_KEY_CHARACTERS} characters. Set it to a long random text, "
            "or leave it unset: only this machine may then ask."
        )
    return text


def _port(text: str) -> int:
    if text.isdecimal() and int(text) < 65536:
        return int(text)
    raise WrongSetting("is not a port. Set it to a number from 1 to 65535, or to 0 for any free one.")


def _yes_or_no(text: str) -> bool:
    if text in {"yes", "no"}:
        return text == "yes"
    raise WrongSetting("is neither yes nor no. Set it to one of the two.")


def _sign_up(text: str) -> str:
    if text in {"invited", "open"}:
        return text
    raise WrongSetting("is neither invited nor open. Set it to one of the two.")


def _base_url(text: str) -> str:
    parts = urlsplit(text)
    if text and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/")):
        raise WrongSetting(
            "is not an address that people could open. Set it to a scheme and a host, "
            "such as https://headroom.example.org."
        )
    return text.rstrip("/")


def _count(text: str) -> int:
    if text.isdecimal():
        return int(text)
    raise WrongSetting("is not a count. Set it to 0, 1, 2 …")


@dataclasses.dataclass(frozen=True)
class Settings:
    """All settings, checked. `Settings.from_environment()` reads them; tests give values of their own."""

    database_url: str = _setting(
        "HEADROOM_DATABASE_URL",
        "Where everything is kept: a `postgresql://` URL, or a `sqlite:///` file.",
        default="",
        read=_database_url,
        shown="SQLite, `headroom.db` in the data directory",
    )
    data_dir: Path = _setting(
        "HEADROOM_DATA_DIR",
        "The data directory: the SQLite database, the secret key, the id of this instance. "
        "A relative path starts at the checkout.",
        default="instance",
        read=_folder,
    )
    secret_key: str = _setting(
        "HEADROOM_SECRET_KEY",
        f"Signs cookies and forms, and finds ideas without a name by their six words; at least {SECRET_KEY_CHARACTERS} "
        "characters. Servers that share a database must share it, and with another one those words open nothing.",
        default="",
        read=_secret_key,
        shown="made at the first start and kept in the data directory",
    )
    host: str = _setting(
        "HEADROOM_HOST",
        "The address that is listened on; `0.0.0.0` for all of the machine's, and then only behind a proxy.",
        default="127.0.0.1",
        read=str,
    )
    port: int = _setting(
        "HEADROOM_PORT",
        "The port that is listened on; `0` takes any free one.",
        default="8000",
        read=_port,
    )
    example: bool = _setting(
        "HEADROOM_EXAMPLE",
        "`no`: `make run` does not load the example, not even on an empty database.",
        default="yes",
        read=_yes_or_no,
    )
    small_place: int = _setting(
        "HEADROOM_SMALL_PLACE",
        "Where fewer people than this use Headroom, an idea without a name is offered without its place too.",
        default="10",
        read=_count,
    )
    sign_up: str = _setting(
        "HEADROOM_SIGN_UP",
        "Who may ask to join: `invited`, only with a link, a place's poster or an account; `open`, everybody. "
        "Who joins reads nothing until somebody there says yes.",
        default="invited",
        read=_sign_up,
    )
    base_url: str = _setting(
        "HEADROOM_BASE_URL",
        "The address that people open, and that posters carry. With `https` the session cookie is sent over "
        "nothing else; requests for another host, this machine's own names excepted, are refused.",
        default="",
        read=_base_url,
        shown="not set: any host, for trying it out",
    )
    files_folder: Path | None = _setting(
        "HEADROOM_FILES_DIR",
        "Where the files on plans are kept. Servers that share a database must share this folder.",
        default="",
        read=_folder_if_named,
        shown="`files` in the data directory",
    )
    files_mb: int = _setting(
        "HEADROOM_FILES_MB",
        "How many megabytes all files may take together.",
        default="10000",
        read=_count,
    )
    files_idea_mb: int = _setting(
        "HEADROOM_FILES_IDEA_MB",
        "How many megabytes the files of one idea may take.",
        default="100",
        read=_count,
    )
    files_day_mb: int = _setting(
        "HEADROOM_FILES_DAY_MB",
        "How many megabytes of files one person may add in a day.",
        default="100",
        read=_count,
    )
    trusted_proxies: int = _setting(
        "HEADROOM_TRUSTED_PROXIES",
        "How many proxies stand before it, whose `X-Forwarded-*` headers are believed.",
        default="0",
        read=_count,
    )
    metrics_token: str = _setting(
        "HEADROOM_METRICS_TOKEN",
        f"What a monitoring system sends as its bearer token to read `/metrics`; at least {SECRET_KEY_CHARACTERS} "
        "characters.",
        default="",
        read=_metrics_token,
        shown="only this machine may read them",
    )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Read every setting. Raises WrongSetting, with one line for each that is wrong."""
        values, wrong = {}, []
        for field in dataclasses.fields(cls):
            about = field.metadata
            text = environment.get(about["variable"], "").strip() or about["default"]
            try:
                values[field.name] = about["read"](text)
            except WrongSetting as error:
                wrong.append(f"{about['variable']} {error}")
        if wrong:
            raise WrongSetting("\n".join(wrong))
        return cls(**values)

    def __post_init__(self) -> None:
        """Fill in the database that is used when none is named."""
        if not self.database_url:
            object.__setattr__(self, "database_url", f"sqlite:///{self.data_dir / 'headroom.db'}")

    @property
    def files_dir(self) -> Path:
        """Where the files on plans are kept."""
        return self.files_folder or self.data_dir / "files"

    @property
    def is_https(self) -> bool:
        """Whether people reach it over https."""
        return self.base_url.startswith("https://")

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach it."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def trusted_hosts(self) -> list[str] | None:
        """The hosts that a request may name; None for any."""
        if not self.base_url:
            return None
        return [str(urlsplit(self.base_url).hostname), "localhost", "127.0.0.1", "[::1]"]


def given_sockets(environment: Mapping[str, str] = os.environ) -> int:
    """How many listening sockets systemd hands to this process, the first as descriptor 3; see sd_listen_fds(3)."""
    if environment.get("LISTEN_PID") != str(os.getpid()):
        return 0
    return int(environment.get("LISTEN_FDS", "0"))


def shared_counts() -> str | None:
    """The folder in which the processes of this start put their counts together; None for a process alone."""
    return os.environ.get(_SHARED_COUNTS)


def share_counts(folder: str) -> None:
    """Let this process, and all that it starts, put their counts together there."""
    os.environ[_SHARED_COUNTS] = folder


def for_a_program(**more: str) -> dict[str, str]:
    """The environment for a program that is not ours: all but our settings, and what it has to know."""
    return {name: text for name, text in os.environ.items() if not name.startswith("HEADROOM_")} | more


def table() -> str:
    """The settings as the README shows them: a Markdown table made from the fields above."""
    rows = [field.metadata for field in dataclasses.fields(Settings)]
    lines = [f"| `{row['variable']}` | {row['says']} | {row['shown']} |" for row in rows]
    return "\n".join(["| setting | what it says | unset |", "|---|---|---|", *lines])
