"""Every attribution rule holds on its own examples and on none of its counterexamples, through the real stage."""

from __future__ import annotations

import functools

import pytest

from provenance.attribute import AttributionRules, attribute
from provenance.knowledge import Knowledge, load
from provenance.model import (
    PROVENANCE_KINDS,
    Article,
    ArticleId,
    Block,
    Claim,
    ContentHash,
    Inspection,
    LabelledArticle,
    LayoutLine,
    Role,
    Rule,
    Span,
)

PAGE = "https://www.riverside-repost.example/world/bridge"
PORTAL = "https://www.aol.com/world/bridge"


@functools.cache
def knowledge() -> Knowledge:
    return load()


@functools.cache
def compiled() -> AttributionRules:
    return AttributionRules.compile(knowledge().attribution_rules)


def labelled(text: str, claims: tuple[Claim, ...] = (), *, url: str = PAGE, first: Role = Role.BODY) -> LabelledArticle:
    lines, at = [], 0
    for line in text.splitlines(keepends=True):
        lines.append(Span(at, at + len(line)))
        at += len(line)
    article = Article(
        id=ArticleId("x"),
        source="x",
        content_hash=ContentHash("x"),
        text=text,
        media_type="text/plain",
        lines=tuple(LayoutLine(span) for span in lines),
        claims=claims,
        url=url,
    )
    blocks = (Block(span, Role.BODY if at else first, "test") for at, span in enumerate(lines))
    return LabelledArticle(article, tuple(blocks))


def claimed(example: str) -> tuple[Claim, ...]:
    """Read ``carrier [context] name: value [| link text]`` into the claim a reader would make of it."""
    head, _, value = example.partition(": ")
    words = head.split()
    context = words[1] if len(words) > 2 else ""
    value, _, label = value.partition(" | ")
    extra = {"text": label} if label else {}
    return (Claim(carrier=words[0], name=words[-1], value=value, element=f"<{example}>", context=context, extra=extra),)


def inspected(rule: Rule, example: str) -> Inspection:
    if "carrier" in rule.options:
        return attribute(labelled("", claimed(example)), rules=compiled(), outlets=knowledge().outlets)
    url = PORTAL if rule.options.get("page") == "portal" else PAGE
    first = Role.TITLE if rule.options.get("position") == "titled" else Role.BODY
    return attribute(labelled(example, url=url, first=first), rules=compiled(), outlets=knowledge().outlets)


def applied(rule: Rule, found: Inspection) -> bool:
    """Say whether a rule held; a credit of the page itself counts only for rules that look for one."""
    if rule.kind == "veto":
        return any(item.rule == rule.id for item in found.rejections)
    return any(item.rule == rule.id and (item.kind == rule.kind or item.is_provenance) for item in found.attributions)


def decided(rule: Rule, found: Inspection) -> bool:
    """Say whether a rule held, or one of another language or more particular said the same."""
    if rule.kind == "veto":
        return any(item.rule == rule.id or item.rule.endswith(".comments") for item in found.rejections)
    wanted = PROVENANCE_KINDS if rule.kind in PROVENANCE_KINDS else {rule.kind}
    return any(item.kind in wanted for item in found.attributions)


def cases(field: str) -> list[tuple[Rule, str]]:
    return [(rule, text) for rule in knowledge().attribution_rules for text in getattr(rule, field)]


def named(value: object) -> str | None:
    return value.id if isinstance(value, Rule) else None


@pytest.mark.parametrize(("rule", "example"), cases("examples"), ids=named)
def test_a_rule_holds_on_its_examples(rule: Rule, example: str) -> None:
    assert decided(rule, inspected(rule, example)), example


@pytest.mark.parametrize(("rule", "example"), cases("counterexamples"), ids=named)
def test_a_rule_holds_on_none_of_its_counterexamples(rule: Rule, example: str) -> None:
    assert not applied(rule, inspected(rule, example)), example


@pytest.mark.parametrize("rule", knowledge().attribution_rules, ids=named)
def test_a_rule_has_a_reason_a_source_examples_and_counterexamples(rule: Rule) -> None:
    assert rule.why
    assert rule.source
    assert rule.examples
    assert rule.counterexamples
