"""Security of every request: who is signed in, forged requests, and the headers of every answer."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from typing import TYPE_CHECKING

from flask import current_app, g, request, session
from flask_login import LoginManager, current_user, login_user, logout_user
from flask_wtf import CSRFProtect
from werkzeug.exceptions import Forbidden

from ideas import logs
from ideas.domain import sessions

if TYPE_CHECKING:
    from flask import Flask, Response

    from ideas.models import Person, Session

login = LoginManager()
csrf = CSRFProtect()

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

#: No inline script or style anywhere, nothing from other hosts, no framing.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: For a file that is sent to be kept. Should a browser show it after all, it runs nothing, loads nothing and belongs
#: to no site.
SANDBOX = "sandbox; default-src 'none'"
_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}


class SignedIn:
    """What Flask-Login calls a user: a session that holds, and its person."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, session: Session, token: str) -> None:
        self.session = session
        self.person: Person = session.person
        #: known without asking the database again, when the transaction is over
        self.person_id: int = session.person_id
        self.is_on_shared_device: bool = session.is_shared
        self._token = token

    def get_id(self) -> str:
        """The token that the cookie carries."""
        return self._token


def init_app(app: Flask) -> None:
    """Guard every request and dress every answer."""
    login.init_app(app)
    # Behind a ward's shared address every phone looks alike: binding to it would sign people out.
    login.session_protection = None
    login.user_loader(_load)
    app.before_request(_refuse_foreign)
    # A form may lie open through a shift; its token is worth nothing without the cookie that it was made for.
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", int(sessions.IN_ALL.total_seconds()))
    csrf.init_app(app)
    app.after_request(_dress)


def _load(token: str) -> SignedIn | None:
    found = sessions.find(token)
    if found is None:
        return None
    if sessions.needs_noting(found):
        g.note_use_of = found.id
    return SignedIn(found, token)


def _refuse_foreign() -> None:
    """Refuse what another site sends in somebody's name, even when it holds a token."""
    if request.method in _SAFE:
        return
    from_here = request.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none")
    if not from_here or not _is_ours(request.headers.get("Origin", "")):
        logs.security.warning("a form from another site")
        raise Forbidden("This came from another site, so nothing was done.")


def _is_ours(origin: str) -> bool:
    """Whether a form comes from our own pages, as far as its browser says.

    "null" is a page that hides where it comes from, and ours do not: only a browser's own word lets it pass.
    """
    if origin == "null":
        return "Sec-Fetch-Site" in request.headers
    # Parted by hand: urlsplit() fails on half an address, and an origin has no more than these two parts.
    return not origin or origin.partition("://")[2] == request.host


def sign_in(person: Person, *, is_shared: bool = False) -> None:
    """Sign this browser in, with a fresh cookie: what it held before is gone, and ends on the server too."""
    sign_out()
    token = sessions.begin(person, device=_device(), is_shared=is_shared)
    found = sessions.find(token)
    if found is None:  # pragma: no cover - it was begun a moment ago
        raise RuntimeError("the session that was begun is not there")
    login_user(SignedIn(found, token))


def sign_out() -> None:
    """Sign this browser out, on the server as well."""
    held = current_session()
    if held:
        sessions.end(held)
    logout_user()
    session.clear()


def current_session() -> Session | None:
    """The session of this browser, if somebody is signed in."""
    return current_user.session if current_user.is_authenticated else None


def is_on_shared_device() -> bool:
    """Whether whoever is signed in here said that others use this device too."""
    return bool(current_user.is_authenticated and current_user.is_on_shared_device)


def key_for(purpose: str) -> bytes:
    """The server's own key for one purpose, made from the one that it has: what opens one lock opens no other."""
    return hmac.digest(str(current_app.secret_key).encode(), purpose.encode(), hashlib.sha256)


def address() -> str:
    """Where this request comes from, to count tries by: one host, or one network of version 6, which has many.

    Disguised with the server's key: there are so few addresses that whoever reads a plain hash of one soon knows it.
    """
    return hmac.digest(str(current_app.secret_key).encode(), f"address\0{_network()}".encode(), hashlib.sha256).hex()


def _network() -> str:
    try:
        found = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else str(found)


_BROWSERS = {
    "Edg": "Edge",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "Chrome": "Chrome",
    "CriOS": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS = {
    "Android": "Android",
    "iPhone": "an iPhone",
    "iPad": "an iPad",
    "Windows": "Windows",
    "CrOS": "a Chromebook",
    "Mac": "a Mac",
    "Linux": "Linux",
}


def _device() -> str:
    """The browser in plain words, to tell one's devices apart; the whole text of it is not kept."""
    agent = request.headers.get("User-Agent", "")
    browser = next((words for mark, words in _BROWSERS.items() if mark in agent), "A browser")
    system = next((words for mark, words in _SYSTEMS.items() if mark in agent), "")
    return f"{browser} on {system}" if system else browser


def _dress(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    return response
