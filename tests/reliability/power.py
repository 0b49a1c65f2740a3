"""Simulated power cuts: what a process wrote is read from a strace log, and cut off wherever the power may go.

A disk has for certain what was synced. Of what was written since, it may have anything: nothing, some of the writes,
or a write up to one of its sectors.
"""

from __future__ import annotations

import dataclasses
import random
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECTOR = 512
#: What of a process's calls changes what is on the disk, and `write`, by which it tells what it promises.
CALLS = "pwrite64,write,fsync,fdatasync,ftruncate"

_CALL = re.compile(r"^(\w+)\((\d+)<([^>]*)>(?:, (.*))?\) = (-?\d+)", re.DOTALL)
_HEX = r"(?:\\x[0-9a-f]{2})*"
_TEXT = re.compile(rf'^"({_HEX})"(\.\.\.)?')


@dataclasses.dataclass(frozen=True)
class Write:
    """Bytes at a place in a file; without bytes the file ends there."""

    file: str
    at: int
    data: bytes | None


@dataclasses.dataclass(frozen=True)
class Sync:
    """All that was written to a file until now is on the disk."""

    file: str


@dataclasses.dataclass(frozen=True)
class Promise:
    """A line that the process printed: from now on somebody counts on it."""

    words: str


Step = Write | Sync | Promise


def steps(trace: Path, folder: Path) -> list[Step]:
    """What a traced process did to the files of a folder, and what it promised, in order."""
    return [step for line in trace.read_text().splitlines() if (step := _step(line, folder))]


def _step(line: str, folder: Path) -> Step | None:
    call = _CALL.match(line)
    if call is None:
        return None
    verb, descriptor, hidden, rest, result = call.groups()
    path = _plain(hidden).decode()
    if verb == "write" and descriptor == "1":
        return Promise(_bytes(rest).decode())
    if not path.startswith(f"{folder}/") or int(result) < 0:
        return None
    file = path.rpartition("/")[2]
    if verb in ("fsync", "fdatasync"):
        return Sync(file)
    if verb == "ftruncate":
        return Write(file, int(rest), None)
    if verb == "pwrite64":
        data = _bytes(rest)
        assert len(data) == int(result), "the trace holds less than was written"
        return Write(file, int(rest.rpartition(", ")[2]), data)
    return None


def _bytes(argument: str) -> bytes:
    text = _TEXT.match(argument)
    assert text and not text[2], argument[:200]
    return _plain(text[1])


def _plain(hidden: str) -> bytes:
    return bytes.fromhex(hidden.replace("\\x", ""))


class Disk:
    """The files of one folder, on a disk that may lose its power."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self._safe = {name: bytearray(content) for name, content in files.items()}
        self._pending: list[Write] = []

    def do(self, step: Step) -> None:
        """Go one step on."""
        if isinstance(step, Write):
            self._pending.append(step)
        elif isinstance(step, Sync):
            for write in self._pending:
                if write.file == step.file:
                    _apply(self._safe, write)
            self._pending = [write for write in self._pending if write.file != step.file]

    def after_a_cut(self, dice: random.Random) -> dict[str, bytes]:
        """What is found when the power is back: all that was synced, and whatever else."""
        files = {name: bytearray(content) for name, content in self._safe.items()}
        luck = dice.choice(["nothing", "some", "torn"])
        kept = [] if luck == "nothing" else [write for write in self._pending if dice.random() < 0.5]
        for write in kept:
            _apply(files, _torn(write, dice) if luck == "torn" else write)
        return {name: bytes(content) for name, content in files.items()}


def _apply(files: dict[str, bytearray], write: Write) -> None:
    content = files.setdefault(write.file, bytearray())
    if write.data is None:
        del content[write.at :]
        content.extend(bytes(write.at - len(content)))
    else:
        content.extend(bytes(max(0, write.at - len(content))))
        content[write.at : write.at + len(write.data)] = write.data


def _torn(write: Write, dice: random.Random) -> Write:
    """The beginning of a write, up to a sector of the disk."""
    if not write.data:
        return write
    return dataclasses.replace(write, data=write.data[: SECTOR * dice.randint(0, len(write.data) // SECTOR)])


def cuts(
    done: list[Step], files: dict[str, bytes], times: int, seed: int
) -> Iterator[tuple[dict[str, bytes], set[str]]]:
    """So many power cuts, anywhere: the files that are found, and what had been promised until then."""
    dice = random.Random(seed)
    moments = sorted(dice.randint(1, len(done)) for _ in range(times))
    disk, promised, gone = Disk(files), set[str](), 0
    for moment in moments:
        for step in done[gone:moment]:
            disk.do(step)
            if isinstance(step, Promise):
                promised.update(step.words.split())
        gone = moment
        yield disk.after_a_cut(dice), set(promised)
