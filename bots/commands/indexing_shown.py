"""The ways of ``charter index``: build, only plan, only report, follow."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from threading import Event

from assistant.following import follow
from assistant.settings import Settings
from assistant.wiring import fetch_origins, index_corpus, plan_corpus, with_folder
from bots.commands.build_report import count, plan_shown, plan_to_dict, report_shown, report_to_dict
from bots.commands.building import Journal, to_stderr, watched
from bots.commands.exits import Exit
from bots.commands.terminal import write, write_json
from bots.gate import gate
from indexing.report import BuildReport, read_report
from indexing.survey import Options


def index(
    settings: Settings, *, as_json: bool, again: bool = False, serve_anyway: bool = False
) -> None:
    """Bring the index in step and say what was done."""
    approve = gate(settings, serve_anyway=serve_anyway)
    fetch(settings, to_stderr)
    with watched() as progress:
        report = index_corpus(settings, progress, Options(again=again, approve=approve))
    _show(report, as_json=as_json)


def fetch(settings: Settings, say: Callable[[str], None]) -> None:
    """Bring the documents of the origins, and say what came and what did not."""
    for one in fetch_origins(settings, say):
        if one.changed or one.removed:
            gone = f", {len(one.removed)} gone" if one.removed else ""
            say(f"{one.name}: {count(len(one.changed), 'document')} new or changed{gone}.")
        for failure in one.failures:
            say(f"{failure.problem} {failure.remedy}")  # it names the origin


def show_last_report(settings: Settings, *, as_json: bool) -> None:
    """Say what the last build did."""
    _show(read_report(settings.home), as_json=as_json)


def show_plan(settings: Settings, *, as_json: bool, again: bool = False) -> None:
    """Say what a build would do; nothing is changed."""
    plan = plan_corpus(settings, Options(again=again))
    if as_json:
        write_json({"anew": plan.anew, **plan_to_dict(plan.plan)})
    else:
        write(plan_shown(plan, str(with_folder(settings).corpus)))


def show_check(settings: Settings, *, as_json: bool) -> Exit:
    """Build an index that nobody is served, say what it would change, and return how to end."""
    from bots.commands.rehearsal_shown import rehearsal_shown, rehearsal_to_dict  # noqa: PLC0415  no other build needs suites
    from evals.suites.change.rehearsal import rehearse  # noqa: PLC0415  the same

    with watched() as progress:
        found = rehearse(settings, progress)
    if as_json:
        write_json(rehearsal_to_dict(found))
    else:
        write(rehearsal_shown(found))
    if found.held_back or found.served_fails:
        return Exit.FAILED
    return Exit.DIFFERENT if found.affected else Exit.OK


def follow_until_stopped(settings: Settings) -> None:
    """Keep the index in step until Ctrl-C."""
    with suppress(KeyboardInterrupt):
        follow(settings, Journal(to_stderr), Event(), gate(settings))
    to_stderr("Stopped.")


def _show(report: BuildReport, *, as_json: bool) -> None:
    if as_json:
        write_json(report_to_dict(report))
    else:
        write(report_shown(report))
