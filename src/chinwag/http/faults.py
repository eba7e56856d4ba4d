"""Why a connection failed, in words: what a person can look at."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator

_NO_SUCH_NAME = "no server of that name was found, or this machine is not online"
_BY_ERRNO = {
    errno.ECONNREFUSED: "nothing answers at that address",
    errno.ENETUNREACH: "this machine is not online",
    errno.EHOSTUNREACH: "no way leads there from this machine",
    errno.ECONNRESET: "it broke the connection off",
    errno.ETIMEDOUT: "it does not answer",
}


def word_fault(failure: BaseException) -> str:
    """Return why a connection failed, without a full stop; "" where that is unknown."""
    for fault in _list_causes(failure):
        if isinstance(fault, socket.gaierror):
            return _NO_SUCH_NAME
        if isinstance(fault, ssl.SSLCertVerificationError):
            return "its certificate is not valid"
        if isinstance(fault, ssl.SSLError):
            return "it does not speak https at that address"
        if isinstance(fault, OSError) and fault.errno in _BY_ERRNO:
            return _BY_ERRNO[fault.errno]
        if isinstance(fault, TimeoutError):
            return _BY_ERRNO[errno.ETIMEDOUT]
    return ""


def _list_causes(failure: BaseException) -> Iterator[BaseException]:
    """Yield a failure and all that led to it, the failure first, and each member of a group."""
    seen: set[int] = set()
    waiting = [failure]
    while waiting:
        fault = waiting.pop(0)
        if id(fault) in seen:
            continue
        seen.add(id(fault))
        yield fault
        inner = fault.exceptions if isinstance(fault, BaseExceptionGroup) else ()
        waiting += [one for one in (fault.__cause__, fault.__context__, *inner) if one is not None]
