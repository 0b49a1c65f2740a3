"""The statements that everybody may read, signed in or not."""

from __future__ import annotations

from flask import Blueprint, render_template

from ideas.web.guard import anyone

bp = Blueprint("statements", __name__)


@bp.get("/accessibility")
@anyone
def accessibility() -> str:
    """Who can use it, how that is checked, and whom to tell when something does not work."""
    return render_template("statements/accessibility.html")


@bp.get("/privacy")
@anyone
def privacy() -> str:
    """What is kept, who can read it, and the ways to report what Headroom is not for."""
    return render_template("statements/privacy.html")


@bp.get("/how-we-decide")
@anyone
def how_we_decide() -> str:
    """What a verdict goes by, how often it is wrong, and what it cannot know."""
    return render_template("statements/how_we_decide.html")
