"""``raadspoor-web``: arguments, readiness and exit code."""

from __future__ import annotations

import argparse
import socket
import sys
from contextlib import ExitStack, closing, suppress
from pathlib import Path

from council import command, may_lose

_BACKLOG = 128


@command("raadspoor-web")
def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit code: 0 stopped, 2 wrong usage, 4 trouble with DATA or the port."""
    chosen = _parser().parse_args(arguments)
    try:
        listening = _listen(chosen.host, chosen.port)
    except OSError as error:
        print(
            f"raadspoor-web: port {chosen.port} of {chosen.host} cannot be used ({error.strerror or error}); "
            "stop what uses it, or choose another with --port",
            file=sys.stderr,
        )
        return 4
    with listening:
        return _serve(chosen.data, chosen.host, listening)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="raadspoor-web",
        description="Serve the search page for the council papers in DATA. Public papers only.",
        epilog="Exit codes: 0 stopped, 2 wrong usage, 4 trouble with DATA or the port.",
    )
    parser.add_argument("--data", metavar="DATA", type=Path, required=True, help="folder that raadspoor-ingest made")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=_port, default=8000, help="port to listen on (default 8000; 0 picks a free one)")
    return parser


def _listen(host: str, port: int) -> socket.socket:
    """Take the port before anything slow is done, so that a taken one is known at once."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listening = socket.socket(family, kind, protocol)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(_BACKLOG)
    except OSError:
        listening.close()
        raise
    return listening


def _serve(data: Path, host: str, listening: socket.socket) -> int:
    import uvicorn

    from council import DataFolder, RaadspoorError, open_usage
    from council.settings import from_environment
    from search import open_searches
    from web.app import create_app

    with ExitStack() as opened:
        opened.enter_context(suppress(KeyboardInterrupt))
        try:
            settings = from_environment()
            engine = opened.enter_context(closing(open_searches(DataFolder(data), settings)))
            usage = open_usage(engine.data, settings)
        except RaadspoorError as error:
            print(f"raadspoor-web: {error}", file=sys.stderr)
            return error.exit_code
        if usage is not None:
            opened.callback(usage.close)
        app = create_app(engine, settings, usage)
        # No access log: it would hold what people ask.
        server = uvicorn.Server(uvicorn.Config(app, access_log=False, log_level="warning", server_header=False))
        name = f"[{host}]" if ":" in host else host
        may_lose()
        print(f"Raadspoor staat klaar op http://{name}:{listening.getsockname()[1]}", flush=True)
        server.run(sockets=[listening])
    return 0


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port number")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
