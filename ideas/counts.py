"""Counts for a monitoring system: what all processes of this start have done, added up when it asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge, Histogram, generate_latest, values
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from ideas import config

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from prometheus_client.metrics_core import Metric

requests = Counter("headroom_requests", "Requests answered.", ["endpoint", "method", "status"])
request_seconds = Histogram(
    "headroom_request_seconds",
    "Seconds from a request to the start of its answer.",
    ["endpoint"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
swept = Counter("headroom_sweep_rows", "Rows that a sweep has dealt with.", ["sweep"])
sweep_failures = Counter("headroom_sweep_failures", "Sweeps that failed, and are tried again.", ["sweep"])
sweep_done = Gauge(
    "headroom_sweep_done_timestamp_seconds", "When a sweep last went well.", ["sweep"], multiprocess_mode="max"
)


def share(folder: str) -> None:
    """Let what this process and its children count from now on be added up, in this folder."""
    config.share_counts(folder)
    # The library chooses when it is loaded, and it is loaded long before anybody is started who could share.
    values.ValueClass = values.get_value_class()  # type: ignore[no-untyped-call]


def text(waiting: Mapping[str, int]) -> bytes:
    """All counts, in Prometheus' text format. `waiting` are the lengths of queues at this moment, by their names."""
    return generate_latest(_done()) + generate_latest(_waiting(waiting))


def _done() -> CollectorRegistry:
    """What was done: by all processes that share their counts, or else by this one."""
    if not config.shared_counts():
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry


def _waiting(lengths: Mapping[str, int]) -> CollectorRegistry:
    """What is to be done, which no process keeps: the rows are the queue."""
    family = GaugeMetricFamily("headroom_waiting", "What waits for somebody, now.", labels=["queue"])
    for queue, length in lengths.items():
        family.add_metric([queue], length)
    registry = CollectorRegistry()
    registry.register(_Read(family))
    return registry


class _Read(Collector):
    """Figures that were read a moment ago."""

    def __init__(self, family: Metric) -> None:
        self._family = family

    def collect(self) -> Iterator[Metric]:
        yield self._family
