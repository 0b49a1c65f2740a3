"""Pictures of every page at both widths: `make pictures`, then look at pictures/."""

from __future__ import annotations

import contextlib
import pathlib
import sys
import tempfile

from ideas.config import ROOT
from tests.helpers import browser
from tests.helpers.databases import SQLite
from tests.helpers.server import serving

from . import album

FOLDER = ROOT / "pictures"


def take(folder: pathlib.Path, only: str = "") -> None:
    """Take them all, or those whose name holds `only`."""
    folder.mkdir(exist_ok=True)
    path = browser.chromium_path()
    if path is None:
        sys.exit(browser.NONE)
    with (
        tempfile.TemporaryDirectory() as scratch,
        contextlib.closing(SQLite(pathlib.Path(scratch))) as databases,
        serving(databases.fresh(), "--example") as server,
        browser.chromium(path) as chromium,
    ):
        with browser.window(chromium) as guide:
            album.sign_in(guide, server.url, "amara")
            at = album.places(guide, server.url)
        for by in sorted({shot.by for shot in album.FULL}):
            with browser.window(chromium) as page:
                if by:
                    album.sign_in(page, server.url, by)
                for shot in album.FULL:
                    if shot.by == by and only in shot.name:
                        for width in album.WIDTHS:
                            page.set_viewport_size({"width": width, "height": 900})
                            album.go(page, server.url, shot, at)
                            page.screenshot(path=folder / f"{shot.name}-{width}.png", full_page=True)


if __name__ == "__main__":
    take(FOLDER, *sys.argv[1:])
