"""Sign-off: the one page for five minutes, asking a named leader, and that leader's answer."""

from . import decisions, leaders, sign_offs, withdrawals

blueprints = (sign_offs.bp, decisions.bp, leaders.bp, withdrawals.bp)
