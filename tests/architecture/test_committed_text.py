"""What is committed names no machine, no registry and no secret, and locks hold hashes."""

import json
import re

import pytest

from ideas.config import ROOT

from .source import committed, name

#: Written in pieces, so that this file does not find itself.
FOREIGN = [
    ("a path of somebody's machine", r"(?<![\w.~-])/" + r"(work|opt|root|home|Users)/"),
    ("the host of a package registry", r"(py" + r"pi|python" + r"hosted|npm" + r"js)\.(org|com)"),
    ("a private key", "BEGIN [A-Z ]*PRIVATE " + "KEY"),
]
TEXT = {
    ".py",
    ".md",
    ".toml",
    ".txt",
    ".json",
    ".html",
    ".css",
    ".scss",
    ".js",
    ".mjs",
    ".yaml",
    ".ini",
    ".mako",
    "",
}


def test_no_file_names_a_machine_a_registry_or_a_secret():
    texts = (file for file in committed() if file.suffix in TEXT)
    found = [f"{name(file)}: {what}" for file in texts for what in foreign_words(file.read_text())]
    assert not found


@pytest.mark.parametrize("sample", ["see /" + "work/main", "from py" + "pi.org", "/" + "home/ada/ideas"])
def test_a_foreign_word_is_found(sample):
    assert foreign_words(sample)


@pytest.mark.parametrize("lock", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda file: file.stem)
def test_a_python_lock_pins_and_hashes_everything_and_names_no_address(lock):
    text = lock.read_text()
    assert "://" not in text
    assert "--index" not in text
    for package in re.split(r"\n(?=\S)", text):
        assert re.match(r"[\w.-]+(\[[\w,]+\])?==\S+", package), package
        assert "--hash=sha256:" in package, package


def test_the_npm_lock_holds_hashes_and_no_address():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for package, lock in packages.items():
        assert not package or lock.get("integrity") or lock.get("inBundle"), package
        assert "resolved" not in lock, package


def foreign_words(text):
    return [what for what, pattern in FOREIGN if re.search(pattern, text)]
