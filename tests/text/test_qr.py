"""QR codes as drawings."""

import re

from ideas.text import qr


def test_a_qr_code_is_a_square_with_a_quiet_edge():
    drawing = qr.drawn("https://headroom.example.org/at/bcdf-ghjk")
    squares = [(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", drawing.path)]
    assert len(drawing.path) == sum(len(f"M{x} {y}h1v1h-1z") for x, y in squares)
    across = [x for x, _ in squares]
    assert min(across) == 4
    assert max(across) == drawing.size - 5
    assert (drawing.size - 8 - 17) % 4 == 0
