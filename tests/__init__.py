"""The tests: what Headroom promises, kept true."""
