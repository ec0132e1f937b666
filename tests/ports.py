"""Ports of the loopback address for servers of tests."""

import os
import socket
from itertools import count

# Below the range out of which Linux gives a port to whoever asks for any (32768 on): a connection never takes one away
# between its choice and the start of its server. Each process of the tests has a stretch of its own.
_LEAST, _MOST = 10_000, 32_000
_next = count(os.getpid() * 97)


def free_port() -> int:
    """A port that nobody listens at, and that this process has not chosen before."""
    while True:
        port = _LEAST + next(_next) % (_MOST - _LEAST)
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)):
                return port
