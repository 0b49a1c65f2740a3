"""The app: the one place where its parts are joined."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flask import Flask
from flask_compress import Compress
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from ideas import cli, db, instance, web, worker
from ideas.adapters.files.store import Store
from ideas.config import ROOT, Settings
from ideas.web.hosts import OnlyFor
from ideas.web.request_log import RequestLog

if TYPE_CHECKING:
    from wsgiref.headers import Headers

#: The build names every file after its content, so that a browser may keep it for good.
HASHED_NAME = re.compile(r"-[0-9A-Za-z]{8}\.\w+(\.map)?$")


def create_app(settings: Settings | None = None) -> Flask:
    """The whole app. Without settings they are read from the environment."""
    settings = settings or Settings.from_environment()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    app = Flask(
        "ideas",
        root_path=str(ROOT / "ideas"),
        instance_path=str(settings.data_dir),
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
    )
    app.config.from_mapping(_flask_config(settings))
    db.init_app(app)
    Migrate(app, db.db, directory=str(ROOT / "migrations"))
    Compress(app)
    web.init_app(app)
    worker.init_app(app)
    cli.init_app(app)
    _wrap(app, settings)
    return app


def _flask_config(settings: Settings) -> dict[str, Any]:
    """The settings in the words of Flask and its extensions, which read them from app.config."""
    return {
        "SETTINGS": settings,
        "INSTANCE_ID": instance.instance_id(settings.data_dir),
        "SECRET_KEY": settings.secret_key or instance.secret_key(settings.data_dir),
        "FILES": Store(settings.files_dir),
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        # Only over https can a browser keep the __Host- name, which no other host may set.
        "SESSION_COOKIE_NAME": "__Host-headroom" if settings.is_https else "headroom",
        "SESSION_COOKIE_SECURE": settings.is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "COMPRESS_STREAMS": False,
        # A page is packed for one reader: a tenth more bytes is less than twice the work.
        "COMPRESS_LEVEL": 4,
        "COMPRESS_BR_LEVEL": 3,
        "COMPRESS_BR_WINDOW": 18,
    }


def _wrap(app: Flask, settings: Settings) -> None:
    """What stands around the app: proxies in front, static files beside."""
    if settings.trusted_hosts:
        app.wsgi_app = OnlyFor(app.wsgi_app, settings.trusted_hosts)  # type: ignore[method-assign]
    app.wsgi_app = RequestLog(app.wsgi_app, behind_proxy=settings.trusted_proxies > 0)  # type: ignore[method-assign]
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(ROOT / "static" / "built"),
        prefix="static/built/",
        allow_all_origins=False,
        add_headers_function=_static_headers,
        immutable_file_test=lambda path, url: bool(HASHED_NAME.search(url)),
    )


def _static_headers(headers: Headers, path: str, url: str) -> None:
    """Static files don't pass through the app, and so don't get the headers of its pages."""
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
