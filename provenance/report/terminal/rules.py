"""The rules behind the findings: what each looks for, why, and the examples it is tested on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType

from provenance.model import Rule
from provenance.report.plain import one_line
from provenance.report.terminal.layout import Paragraph, entry, plain, stacked
from provenance.report.words import counted

__all__ = ["rules_view"]


def rules_view(rules: Sequence[Rule]) -> RenderableType:
    """Return rules with their reasons and examples; one rule is shown with its pattern too."""
    parts = [part for rule in rules for part in _rule_lines(rule, full=len(rules) == 1)]
    if len(rules) > 1:
        parts.append(
            Paragraph(plain(f"{counted(len(rules), 'rule')}. A rule by itself: provenance rules RULE.", "dim"))
        )
    return stacked(parts)


def _rule_lines(rule: Rule, *, full: bool) -> Iterator[RenderableType]:
    language = "" if rule.language in {"", "*"} else f", language {one_line(rule.language)}"
    yield Paragraph(plain(one_line(rule.id), "bold"))
    yield entry("Decides", f"{one_line(rule.kind)} ({one_line(rule.stage)}{language})", indent=2)
    yield entry("Why", one_line(rule.why), indent=2)
    yield from (entry("Takes", one_line(each), indent=2) for each in rule.examples)
    yield from (entry("Leaves", one_line(each), indent=2) for each in rule.counterexamples)
    if full:
        if rule.pattern:
            yield entry("Pattern", one_line(rule.pattern), indent=2)
        yield from (entry(one_line(key), one_line(value), indent=2) for key, value in sorted(rule.options.items()))
        if rule.source:
            yield entry("From", one_line(rule.source), indent=2)
    yield ""
