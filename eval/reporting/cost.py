"""The section on cost: how long a question takes, and what the machine spends on it."""

from __future__ import annotations

from dataclasses import dataclass

from eval.averages import mean
from eval.reporting.formats import milliseconds, number
from eval.reporting.paired import product_of
from eval.reporting.plots import spread
from eval.reporting.tables import Plot, Table, columns, row
from eval.result import Result

_SHARES = (0.5, 0.95, 1.0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Cost:
    """What the section shows."""

    table: Table
    plot: Plot
    memory: str


def cost(result: Result) -> Cost:
    """Return what the section shows."""
    rows = []
    for system, given in result.systems.items():
        cpu = mean(one.cpu_seconds for one in given)
        rows.append(row(system, *(milliseconds(result.seconds(system, share)) for share in _SHARES), number(cpu)))
    return Cost(
        table=Table(
            id="cost",
            caption="Time for a question, in milliseconds, and seconds of processor time",
            columns=columns("system", "median", "95 % within", "slowest", "CPU seconds per question"),
            rows=tuple(rows),
            empty="",
        ),
        plot=_plot(result),
        memory=f"{result.memory_mib:.0f} MiB",
    )


def _plot(result: Result) -> Plot:
    product = product_of(result)
    half, most = (milliseconds(result.seconds(product, share)) for share in (0.5, 0.95))
    says = (
        f"Share of the questions that was answered within a time, a line for each system. {product} answers half "
        f"within {half} ms and 95 % within {most} ms."
    )
    shares = (0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 1.0)
    table = Table(
        id="latency-numbers",
        caption="The numbers of the plot: milliseconds within which a share of the questions was answered",
        columns=columns("system", *(f"{share:.0%}" for share in shares)),
        rows=tuple(
            row(system, *(milliseconds(result.seconds(system, share)) for share in shares)) for system in result.systems
        ),
        empty="",
    )
    seconds = {system: [one.seconds for one in given] for system, given in result.systems.items()}
    return Plot(
        id="latency",
        title="Share of the questions answered within a time",
        says=says,
        svg=spread("latency", says, seconds),
        table=table,
    )
