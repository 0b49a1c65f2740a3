"""Ideas: saying one, its page, its team, its home and its history."""

from . import history, homes, ideas, owners, team_answers, team_members

blueprints = (ideas.bp, homes.bp, owners.bp, team_members.bp, team_answers.bp, history.bp)
