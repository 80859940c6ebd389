"""``raadspoor-eval``: the commands, and the exit code."""

from __future__ import annotations

import argparse
import sys

from council import command
from eval import commands_comparing, commands_gold, commands_judging, commands_measuring, commands_report


@command("raadspoor-eval")
def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code; ``docs/commands.md`` says what each means."""
    chosen = _parser().parse_args(arguments)

    from council import RaadspoorError

    try:
        code: int = chosen.handler(chosen)
    except RaadspoorError as error:
        print(f"raadspoor-eval: {error}", file=sys.stderr)
        return error.exit_code
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="raadspoor-eval",
        description="Measure how well questions are answered, compare versions, and extend the gold set.",
        epilog="Exit codes: 0 done, 2 wrong usage or input (the lines are named), 4 trouble with DATA, 5 the gate is "
        "shut.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for part in (commands_measuring, commands_comparing, commands_report, commands_gold, commands_judging):
        part.add_parsers(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
