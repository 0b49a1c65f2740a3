"""Withdrawals: taking back an idea without a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from ideas.domain import withdrawals
from ideas.web.traces import without_a_trace

from .holder import with_words

if TYPE_CHECKING:
    from ideas.models import Idea

bp = Blueprint("claim_withdrawals", __name__)


@bp.post("/claim/withdrawal")
@without_a_trace
@with_words
def create(idea: Idea) -> str:
    """Take it back: it is gone for everybody, and its six words open nothing any more."""
    withdrawals.withdraw_without_name(idea)
    return render_template("claims/gone.html")
