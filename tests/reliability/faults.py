"""Where a process may be killed on the way of a request that writes, and the header that asks for it."""

POINTS = (
    "before the app",
    "rows written",
    "before the commit",
    "after the commit",
    "before the answer",
    "half the answer",
)
HEADER = "X-Die"
