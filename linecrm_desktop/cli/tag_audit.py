"""`tags audit`: which tags earn their place, which do not, and what is proposed; nothing is changed."""

from argparse import ArgumentParser, Namespace
from collections import Counter
from typing import TYPE_CHECKING, Any

from linecrm_desktop.audit import run, words
from linecrm_desktop.audit.findings import Check, Finding
from linecrm_desktop.audit.plan import declared
from linecrm_desktop.cli.arguments import command
from linecrm_desktop.cli.shop import reading
from linecrm_desktop.cli.talk import Reply
from linecrm_desktop.cli.world import World, long_task
from linecrm_desktop.text import _, ngettext, number

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands


def add(inner: "Commands", shared: ArgumentParser) -> None:
    """Add `audit` to the commands of `tags`."""
    asked = command(inner, shared, "audit", show_findings, _("find tags that do not earn their place"))
    asked.add_argument(
        "--check", choices=[str(check) for check in Check], nargs="+", help=_("only what these checks find")
    )


def show_findings(args: Namespace, world: World) -> Reply:
    """Run all checks and list what they find, with the evidence and what is proposed."""
    with reading(args) as shop, long_task(lambda: _("Stopped. Nothing was changed.")) as task:
        day = shop.day(world.now())
        with shop.database.read() as session:
            facts, found = run.audit(session, day, declared(session), task=task)
    names = {tag.id: tag.name for tag in facts.tags}
    shown = [one for one in found if not args.check or str(one.check) in args.check]
    data = {
        "day": day.today.isoformat(),
        "tags": len(facts.tags),
        "friends": facts.friends,
        "checks": dict(Counter(str(one.check) for one in shown)),
        "findings": [_written(one, names) for one in shown],
    }
    return Reply(data, _lines(shown, names))


def _written(finding: Finding, names: dict[int, str]) -> dict[str, Any]:
    return {
        "check": str(finding.check),
        "why": finding.why or None,
        "tags": [{"id": tag, "name": names[tag]} for tag in finding.tags],
        "evidence": dict(finding.evidence),
        "sentence": words.sentence(finding, names),
        "proposal": str(finding.proposal),
    }


def _lines(found: list[Finding], names: dict[int, str]) -> list[str]:
    """Say the findings check by check, each with what is proposed."""
    if not found:
        return [_("Every tag earns its place.")]
    lines: list[str] = []
    before: Check | None = None
    for finding in found:
        if finding.check is not before:
            count = sum(one.check is finding.check for one in found)
            lines += ["", f"{_(words.CHECKS[finding.check])} ({number(count)})"]
            before = finding.check
        lines.append(f"  {words.sentence(finding, names)} {words.proposal(finding)}")
    said = ngettext("{n} finding. Nothing was changed.", "{n} findings. Nothing was changed.", len(found))
    return [*lines[1:], "", said.format(n=number(len(found)))]
