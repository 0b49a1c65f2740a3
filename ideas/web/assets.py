"""Find the built stylesheet, scripts and pictures by their plain names: their file names carry a fingerprint."""

import json
from pathlib import Path

from flask import Flask, url_for

BUILT = Path(__file__).resolve().parents[2] / "static" / "built"


class AssetsMissing(RuntimeError):
    """The front end is not built, or does not hold what a page asks for."""


class Assets:
    """The manifest that `npm run build` writes, read again when it changes."""

    def __init__(self, folder: Path = BUILT) -> None:
        self.manifest = folder / "manifest.json"
        self.read_at = 0.0
        self.names: dict[str, str] = {}

    def path(self, name: str) -> str:
        """The file name of `name`, such as "headroom.css"; AssetsMissing when it is not built."""
        try:
            changed_at = self.manifest.stat().st_mtime
        except FileNotFoundError:
            raise AssetsMissing(f"{self.manifest} is not there. Build the front end: npm ci && npm run build") from None
        if changed_at != self.read_at:
            self.names = json.loads(self.manifest.read_text(encoding="utf-8"))
            self.read_at = changed_at
        try:
            return self.names[name]
        except KeyError:
            raise AssetsMissing(
                f"The front end holds no {name!r}, only {', '.join(self.names)}. Build it again: npm run build"
            ) from None


def init_app(app: Flask) -> None:
    """Give templates `asset("headroom.css")`, an address that changes when the file does."""
    assets = Assets()

    def asset(name: str) -> str:
        return url_for("static", filename=f"built/{assets.path(name)}")

    app.add_template_global(asset)
