"""The listener: the socket at which all processes of one start are called."""

from __future__ import annotations

import ctypes
import socket
import struct
import sys

import click

from ideas import config

#: The descriptor of the first socket that systemd hands over.
_GIVEN = 3

#: What Linux calls it: let this program say which packets reach a socket; see socket(7).
_SO_ATTACH_FILTER = 26
#: For the kernel's packet filter, from the TCP header on: code, how many to skip if true and if false, value.
_NOBODY_NEW = (
    (0x30, 0, 0, 13),  # load the byte with the flags
    (0x54, 0, 0, 0x12),  # keep SYN and ACK
    (0x15, 0, 1, 0x02),  # SYN alone begins a call:
    (0x06, 0, 0, 0),  # drop it
    (0x06, 0, 0, 0xFFFF_FFFF),  # let all else through
)


def listen(host: str, port: int) -> socket.socket:
    """Take the port before anything else is done, so that a taken one is told at once.

    A socket that systemd holds is taken instead: who calls while Headroom is started again then waits a moment.
    """
    if config.given_sockets():
        return socket.socket(fileno=_GIVEN)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except PermissionError:
        raise click.ClickException(
            f"Port {port} may not be used by this user. Set HEADROOM_PORT to one above 1023."
        ) from None
    except socket.gaierror:
        raise click.ClickException(
            f"HEADROOM_HOST is {host}, which is no address of this machine. Set it to 127.0.0.1, for example."
        ) from None
    except OSError as error:
        raise click.ClickException(
            f"Port {port} on {host} can't be used ({error.strerror}). "
            "End what uses it, or set HEADROOM_PORT to another port."
        ) from None
    return listener


def let_nobody_in(listener: socket.socket) -> None:
    """Last before it is closed: who begins to call now is not heard, and is refused a second later, at the second try.

    A listener that is closed turns away whoever called between the last look at its queue and the close. After this
    the queue only gets shorter. A socket that systemd holds stays open for the next start; only Linux can do this.
    """
    if config.given_sockets() or sys.platform != "linux":
        return
    program = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in _NOBODY_NEW))
    listener.setsockopt(
        socket.SOL_SOCKET, _SO_ATTACH_FILTER, struct.pack("HP", len(_NOBODY_NEW), ctypes.addressof(program))
    )
