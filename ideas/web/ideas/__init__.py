"""Ideas: saying one, its page, its team, its home, who may read it and its history."""

from . import hidings, history, homes, ideas, owners, team_answers, team_members, withdrawals

blueprints = (ideas.bp, homes.bp, owners.bp, team_members.bp, team_answers.bp, history.bp, withdrawals.bp, hidings.bp)
