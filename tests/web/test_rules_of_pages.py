"""The rules of all pages can fail: each finds a page that breaks it."""

from __future__ import annotations

import pytest

from tests.helpers.page import Page, broken_rules

HEAD = '<!doctype html><html lang="en"><head><title>Board - Headroom</title></head>'
GOOD = HEAD + "<body><h1>Board</h1>{}</body></html>"
FIELD = '<label for="now">Now</label><input id="now" name="now">'
TOKEN = '<input type="hidden" name="csrf_token" value="x">'


def test_a_good_page_breaks_none() -> None:
    form = f'<form method="post" action="/ideas">{TOKEN}{FIELD}<button>Send</button></form>'

    assert broken_rules(Page(GOOD.format(form + '<a href="/"><img src="/m.svg" alt="Headroom"></a>'))) == []


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<p><div></p>", "is not valid HTML"),
        ("{{ idea }}", "shows template code"),
        ("<style>p {}</style>", "has a style element"),
        ("<script>go()</script>", "has an inline script"),
        ('<p onclick="go()">Go</p>', "has an inline onclick"),
        ('<a href="javascript:go()">Go</a>', "has javascript: in href"),
        ('<p id="a"></p><p id="a"></p>', "has the id 'a' 2 times"),
        (f'<form method="post" action="/ideas">{FIELD}</form>', "without a CSRF token"),
        ('<form method="get"></form>', "has a form without an action"),
        ('<input name="now">', "has no label for the input 'now'"),
        ('<a href="/"></a>', "has a a that says nothing"),
        ("<button><svg></svg></button>", "has a button that says nothing"),
        ('<img src="/m.svg">', "has an image without alt"),
        ("<h1>Two</h1>", "has not one h1"),
        ('<a href="#gone">Gone</a>', "points at #gone"),
    ],
)
def test_a_page_that_breaks_one_is_found(html: str, said: str) -> None:
    assert any(said in wrong for wrong in broken_rules(Page(GOOD.format(html))))
