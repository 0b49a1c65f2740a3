"""`python -m tests.bench`: fill, serve, measure, tell. `--quick` takes fewer rounds of fewer sizes."""

from __future__ import annotations

import argparse
import dataclasses
import tempfile
from pathlib import Path

import flask_migrate

from ideas.app import create_app
from ideas.config import ROOT
from ideas.db import db
from tests.helpers.databases import Database

from . import filling, first_visit, measuring, processes, report, scenes, sums

SIZES = (100, 1_000, 10_000)
CONNECTIONS = (1, 8, 32)


@dataclasses.dataclass(frozen=True)
class Effort:
    """How long to measure: how often each scene is gone through, and how many requests are waited for."""

    rounds: int
    requests: int


THOROUGH, QUICK = Effort(rounds=7, requests=192), Effort(rounds=3, requests=64)


def main() -> None:
    """Measure every size, and write down what was found."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds, the smallest and the largest size alone")
    parser.add_argument("--sizes", type=int, nargs="+", help="how many ideas; 100, 1000 and 10000 unless given")
    wanted = parser.parse_args()
    sizes = wanted.sizes or ((SIZES[0], SIZES[-1]) if wanted.quick else SIZES)
    found = [_measure(size, QUICK if wanted.quick else THOROUGH) for size in sizes]
    print(report.text(found))
    report.write(found, ROOT / "docs")
    print("Written into docs/speed.md and docs/speed.svg.")


def _measure(size: int, effort: Effort) -> report.Run:
    with tempfile.TemporaryDirectory(prefix="headroom-bench-") as folder:
        database = Database("sqlite", f"sqlite:///{folder}/headroom.db", Path(folder))
        app = create_app(database.settings())
        with app.app_context():
            flask_migrate.upgrade()
            print(f"Filling {size:,} ideas …", flush=True)
            filling.fill(size)
            asked = scenes.scenes(app)
            # What was asked is told: the server's processes are alone with the file.
            db.session.remove()
            db.engine.dispose()
        print(f"Measuring {size:,} ideas …", flush=True)
        with processes.product(database) as product, processes.floor(database) as floor:
            pairs = [(scenes.floor(), floor), *((scene, product) for scene in asked)]
            figures = measuring.figures(pairs, rounds=effort.rounds, connections=CONNECTIONS, requests=effort.requests)
            board = next(scene for scene in asked if scene.name == "board")
            return report.Run(
                size=size,
                figures=figures,
                megabytes={part: product.megabytes(part) for part in processes.PARTS},
                first_visit=first_visit.weights(board, product),
                sums={count: sums.microseconds(count) for count in sums.COUNTS},
            )


if __name__ == "__main__":
    main()
