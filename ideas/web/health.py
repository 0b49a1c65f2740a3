"""Health: what a monitor or a load balancer asks."""

from __future__ import annotations

from flask import Blueprint, current_app

from ideas.web.guard import anyone

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@anyone
def alive() -> dict[str, str]:
    """This process answers. Asks nothing of the database, so that a busy one restarts no server."""
    return {"status": "ok", "instance": current_app.config["INSTANCE_ID"]}
