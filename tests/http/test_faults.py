"""Why a connection failed is said in words that a host can use, whatever library met it."""

from __future__ import annotations

import errno
import socket
import ssl
from itertools import pairwise

import pytest

from chinwag.http.faults import word_fault

NO_NAME = "no server of that name was found, or this machine is not online"


def make_chain(*faults: BaseException) -> BaseException:
    """Return the first of the faults, with each one as the cause of the one before."""
    for outer, inner in pairwise(faults):
        outer.__cause__ = inner
    return faults[0]


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (socket.gaierror(-2, "Name or service not known"), NO_NAME),
        (make_chain(RuntimeError("wrapped"), OSError(), socket.gaierror(-3, "again")), NO_NAME),
        (ConnectionRefusedError(errno.ECONNREFUSED, "x"), "nothing answers at that address"),
        (
            make_chain(
                OSError("All connection attempts failed"),
                ExceptionGroup("both", [ConnectionRefusedError(errno.ECONNREFUSED, "x")]),
            ),
            "nothing answers at that address",
        ),
        (OSError(errno.ENETUNREACH, "x"), "this machine is not online"),
        (TimeoutError(), "it does not answer"),
        (ssl.SSLCertVerificationError("expired"), "its certificate is not valid"),
        (ssl.SSLError("WRONG_VERSION_NUMBER"), "it does not speak https at that address"),
        (OSError("something else"), ""),
        (ValueError("something else"), ""),
    ],
)
def test_a_fault_in_words(failure: BaseException, words: str) -> None:
    assert word_fault(failure) == words


def test_faults_that_lead_to_each_other_in_a_ring_end() -> None:
    first, second = OSError("one"), OSError("two")
    first.__context__, second.__context__ = second, first
    assert word_fault(first) == ""
