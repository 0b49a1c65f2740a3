"""The board, and the moves of its cards."""

from . import board, cards, moves

cards.init_blueprint(board.bp)

blueprints = (board.bp, moves.bp)
