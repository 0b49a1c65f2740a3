"""Where files are kept: whole or not at all, once each, and gone when nobody needs them."""

from __future__ import annotations

import hashlib
import io
import os
from typing import TYPE_CHECKING

import pytest

from ideas.adapters.files.store import Busy, Store

if TYPE_CHECKING:
    from pathlib import Path

WORDS = b"One number for carers to ring."
NAME = hashlib.sha256(WORDS).hexdigest()
LATER = 9_999_999_999.0


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "files")


def test_a_file_is_kept_under_the_name_of_its_content(store: Store) -> None:
    assert store.keep(io.BytesIO(WORDS)) == (NAME, len(WORDS))
    assert store.path(NAME).read_bytes() == WORDS
    assert store.path(NAME).stat().st_mode & 0o077 == 0
    assert list(store.arriving.iterdir()) == []


def test_the_same_file_is_kept_once_and_is_new_again(store: Store) -> None:
    store.keep(io.BytesIO(WORDS))
    os.utime(store.path(NAME), (1, 1))

    store.keep(io.BytesIO(WORDS))

    assert store.path(NAME).stat().st_mtime > 1_000_000
    assert [file for file in store.folder.rglob("*") if file.name == NAME] == [store.path(NAME)]


def test_a_file_that_breaks_off_leaves_nothing(store: Store) -> None:
    class BreaksOff(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell():
                raise ConnectionError
            return super().read(5)

    with pytest.raises(ConnectionError):
        store.keep(BreaksOff(WORDS))

    assert [file for file in store.folder.rglob("*") if file.is_file()] == []


@pytest.mark.parametrize("name", ["../secret-key", "", "a" * 63, "A" * 64, f"{'a' * 63}/", f"{'a' * 64}\n"])
def test_nothing_but_a_hash_is_the_name_of_a_file(store: Store, name: str) -> None:
    with pytest.raises(ValueError, match="not a SHA-256"):
        store.path(name)


def test_only_what_is_old_and_not_used_is_deleted(store: Store) -> None:
    store.keep(io.BytesIO(WORDS))
    shelf = NAME[:2]

    assert store.remove_unused(shelf, set(), before=1.0) == 0, "it is new"
    assert store.remove_unused(shelf, {NAME}, before=LATER) == 0, "it is used"
    assert store.remove_unused(shelf, set(), before=LATER) == 1
    assert not store.path(NAME).exists()


def test_half_files_of_a_server_that_died_are_deleted(store: Store) -> None:
    (store.arriving / "half").write_bytes(b"One num")

    assert store.remove_halves(before=1.0) == 0
    assert store.remove_halves(before=LATER) == 1


def test_nothing_is_deleted_while_a_backup_reads_and_files_may_come(store: Store) -> None:
    with store.held():
        store.keep(io.BytesIO(WORDS))
        with pytest.raises(Busy):
            store.remove_unused(NAME[:2], set(), before=LATER)
    assert store.path(NAME).exists()
