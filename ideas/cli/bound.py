"""Runs a command that ends when who started it ends, however that happens.

`bound.py PID COMMAND…`: PID is who starts it. Run as a script; the command takes its place.
"""

import ctypes
import os
import signal
import sys

#: What Linux calls it: send this process a signal when its parent is gone.
PR_SET_PDEATHSIG = 1


def bind(parent: int) -> None:
    """Ask to be ended with the parent. Only Linux can; elsewhere a parent that is killed leaves its children."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            raise SystemExit("who started this is gone already")


if __name__ == "__main__":
    bind(int(sys.argv[1]))
    os.execv(sys.argv[2], sys.argv[2:])  # noqa: S606
