"""The statements: for everybody, and true."""

import pytest


@pytest.mark.parametrize("path", ["/accessibility", "/privacy"])
def test_everybody_reads_them(visit, cast, signed_in, path):
    assert visit(path).all("h2")
    assert visit(path, by=signed_in(cast.amara)).all("h2")


def test_every_page_leads_to_them(visit):
    links = {link.attrs["href"] for link in visit("/sign-in").all("footer a")}
    assert links == {"/accessibility", "/privacy"}


def test_the_ways_to_report_are_where_other_pages_look_for_them(visit):
    heading = visit("/privacy").one("#report")
    assert heading.name == "h2"
    assert "incident" in visit("/privacy").text()


def test_nothing_is_promised_that_is_not_built(visit):
    words = (visit("/privacy").text() + visit("/accessibility").text()).lower()
    for later in ("notification", "conversation", "export"):
        assert later not in words
