"""What breaks while people write: each test keeps its own ledger of what was acknowledged, and compares."""
