"""What is said on standard error beside the results."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeVar

from provenance.cli.failures import ExitCode
from provenance.cli.output import say
from provenance.cli.values import FailOn, is_met
from provenance.model import ArticleId, AuditFindings, Comparison, Inspection, Unreadable, Verdict
from provenance.read.own_output import OWN_OUTPUT

__all__ = ["Met", "Tally", "audit_summary", "conclude", "counted"]

Result = TypeVar("Result")

NAMED: Final = 3
"""Articles or pairs that are named as those a call fails on."""

_LOG: Final = logging.getLogger(__name__)


class Met:
    """Which of the conditions of ``--fail-on`` are met, and by what."""

    def __init__(self, conditions: Sequence[FailOn]) -> None:
        self._named: dict[FailOn, list[str]] = {condition: [] for condition in conditions}
        self._counts = dict.fromkeys(self._named, 0)

    def add(self, verdict: Verdict, name: str) -> None:
        """Look at one verdict; ``name`` is what the article or pair is called."""
        for condition, named in self._named.items():
            if is_met(condition, verdict):
                self._counts[condition] += 1
                if len(named) < NAMED:
                    named.append(name)

    def __bool__(self) -> bool:
        return any(self._counts.values())

    def report(self, noun: str, *, quiet: bool) -> None:
        """Say in one line what makes the call end with 1, if anything does."""
        if not self or quiet:
            return
        told = (self._told(condition, noun) for condition, count in self._counts.items() if count)
        say(f"Exit code 1, as --fail-on asks: {'; '.join(told)}")

    def _told(self, condition: FailOn, noun: str) -> str:
        named, count = self._named[condition], self._counts[condition]
        more = f" and {count - len(named):,} more" if count > len(named) else ""
        return f"{condition}: {counted(count, noun)} ({', '.join(named)}{more})"


class Tally:
    """Counts results as they pass by, and whether any meets a condition to fail on."""

    def __init__(self, conditions: Sequence[FailOn] = ()) -> None:
        self.met = Met(conditions)
        self.done = 0
        self.unreadable = 0
        self.passed_over = 0

    def of(self, found: Iterable[Result]) -> Iterator[Result]:
        """Yield every result on, counting it."""
        for each in found:
            if isinstance(each, Unreadable):
                self._count(each)
            else:
                self.done += 1
            if isinstance(each, Comparison):
                self.met.add(each.verdict, f"{each.downstream} against {each.upstream}")
            if isinstance(each, Inspection):
                _warn_of_shared_id(each.labelled.article.id, each.labelled.article.source)
            yield each

    def _count(self, item: Unreadable) -> None:
        if item.reason == OWN_OUTPUT:
            self.passed_over += 1
        else:
            self.unreadable += 1

    @property
    def exit_code(self) -> ExitCode:
        """The code the call ends with; a finding to fail on goes before an unreadable source."""
        if self.met:
            return ExitCode.FINDINGS
        return ExitCode.UNREADABLE if self.unreadable or (self.passed_over and not self.done) else ExitCode.DONE

    def report(self, *, quiet: bool) -> None:
        """Say how many sources could not be read, and what made the call fail, if anything."""
        self.met.report("pair", quiet=quiet)
        if self.passed_over and not quiet:
            say(_passed_over(self.passed_over))
        if self.unreadable and not quiet:
            say(f"{counted(self.unreadable, 'source')} could not be read, {self.done:,} could")


def audit_summary(findings: AuditFindings) -> str:
    """Say in one line what an audit read anew, took over unchanged, passed over, and could not read."""
    parts = [f"{counted(findings.run.read, 'article')} read"]
    if findings.run.unchanged:
        parts.append(f"{findings.run.unchanged:,} unchanged and not read again")
    failed = _failed(findings)
    if passed := len(findings.unreadable) - failed:
        parts.append(_passed_over(passed))
    if failed:
        parts.append(f"{counted(failed, 'source')} could not be read")
    return "; ".join(parts)


def _passed_over(number: int) -> str:
    return f"{counted(number, 'report')} of this program passed over"


def conclude(findings: AuditFindings, conditions: Sequence[FailOn], *, quiet: bool, shown: bool) -> ExitCode:
    """Say what an audit came to, and which of its findings it fails on.

    Args:
        findings: all it found.
        conditions: what ``--fail-on`` asks for.
        quiet: say nothing.
        shown: whether the results are on the screen, so that only the log need have the summary.

    Returns:
        The code the call ends with.
    """
    if quiet or shown:
        _LOG.info("%s", audit_summary(findings))
    else:
        say(audit_summary(findings))
    sources = {article.id: article.source for article in findings.articles}
    for article, source in sources.items():
        _warn_of_shared_id(article, source)
    met = Met(conditions)
    for verdict in findings.verdicts:
        met.add(verdict, sources[verdict.article])
    met.report("article", quiet=quiet)
    if met:
        return ExitCode.FINDINGS
    return ExitCode.UNREADABLE if _failed(findings) else ExitCode.DONE


def _failed(findings: AuditFindings) -> int:
    """Count what could not be read and should have been: not what this program wrote itself."""
    return sum(item.reason != OWN_OUTPUT for item in findings.unreadable)


def _warn_of_shared_id(article: ArticleId, source: str) -> None:
    from provenance.pipeline.inspecting import shared_id  # noqa: PLC0415  it takes long to import

    if f"@{source}" not in article:
        return
    own = shared_id(article, source)
    if own and not own.startswith("sha256:"):
        _LOG.warning("%s: an earlier record has the id %s too; this one is called %s", source, own, article)
    elif own and "#" in source:
        _LOG.warning("%s: an earlier record holds the same; this one is called %s", source, article)


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural where it needs one."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
