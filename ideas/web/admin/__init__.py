"""Administration: who joins an organisation, its people and roles, its details, and its audit."""

from . import admin, audit, details, endings, memberships, people

blueprints = (admin.bp, people.bp, memberships.bp, endings.bp, details.bp, audit.bp)
