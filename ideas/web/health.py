"""Health: what a monitor or a load balancer asks."""

from __future__ import annotations

import hmac
import ipaddress
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, abort, current_app, request

from ideas import counts
from ideas.domain import readiness, waiting
from ideas.web.guard import anyone

if TYPE_CHECKING:
    from ideas.config import Settings

bp = Blueprint("health", __name__)

#: A request with one of these was passed on, and does not come from this machine, whoever handed it over.
_PASSED_ON = frozenset({"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Via"})


@bp.get("/healthz")
@anyone
def alive() -> dict[str, str]:
    """This process answers. Asks nothing of the database, so that a busy one restarts no server."""
    return {"status": "ok", "instance": current_app.config["INSTANCE_ID"]}


@bp.get("/readyz")
@anyone
def ready() -> tuple[dict[str, Any], int]:
    """This process can do its work: its database answers with the schema of this version, and files can be kept."""
    settings: Settings = current_app.config["SETTINGS"]
    checks = readiness.checks(settings.files_dir)
    is_ready = all(checks.values())
    answer = {
        "status": "ready" if is_ready else "not ready",
        "checks": {name: "ok" if went_well else "failed" for name, went_well in checks.items()},
    }
    return answer, 200 if is_ready else 503


@bp.get("/metrics")
@anyone
def metrics() -> Response:
    """Counts for a monitoring system; not for the world, which learns nothing of them."""
    if not _may_read_metrics():
        abort(404)
    return Response(counts.text(waiting.lengths()), content_type="text/plain; version=0.0.4; charset=utf-8")


def _may_read_metrics() -> bool:
    """Whoever sends the token; where none is set, whoever is on this machine."""
    settings: Settings = current_app.config["SETTINGS"]
    if settings.metrics_token:
        sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(sent.encode(), settings.metrics_token.encode())
    return _is_from_this_machine()


def _is_from_this_machine() -> bool:
    """Whether the request comes from here, and was not passed on by a proxy that stands here too."""
    if not _PASSED_ON.isdisjoint(name.title() for name, _ in request.headers):
        return False
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
