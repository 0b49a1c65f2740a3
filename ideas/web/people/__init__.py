"""People: signing in and out, one's own account, and the page of anybody."""

from . import absences, account, sessions, show, sign_in, sign_out

blueprints = (sign_in.bp, sign_out.bp, account.bp, sessions.bp, absences.bp, show.bp)
