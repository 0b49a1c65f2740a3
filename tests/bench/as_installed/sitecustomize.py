"""What only tests and style need is not there, as where `make serve` runs: libraries would load it, and take 7 MB."""

import sys

for name in ("pygments", "rich"):
    sys.modules[name] = None  # type: ignore[assignment]
