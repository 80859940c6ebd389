"""The page for judging, served on this machine until it is stopped."""

from __future__ import annotations

import socket
from collections.abc import Callable

from council import DataError
from eval.judging.app import Desk, create_app

_HOST = "127.0.0.1"


def serve(desk: Desk, port: int, *, ready: Callable[[str], None]) -> None:
    """Serve the page for judging until Ctrl+C.

    Args:
        desk: what the judge sits at.
        port: 0 for any free one.
        ready: told the address once it can be opened.

    Raises:
        DataError: the port cannot be used.
    """
    import uvicorn

    try:
        listening = socket.create_server((_HOST, port))
    except OSError as error:
        raise DataError(
            f"port {port} cannot be used ({error.strerror or error}); stop what uses it, or choose another with --port"
        ) from error
    with listening:
        server = uvicorn.Server(
            uvicorn.Config(create_app(desk), access_log=False, log_level="warning", server_header=False)
        )
        ready(f"http://{_HOST}:{listening.getsockname()[1]}")
        try:
            server.run(sockets=[listening])
        except KeyboardInterrupt:
            return
