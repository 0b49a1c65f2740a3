"""Password links: made by who looks after people, and opened by who forgot their password."""

from . import new_password, password_links

blueprints = (password_links.bp, new_password.bp)
