"""Every rule and signal a finding can name, in one list: what ``provenance rules`` shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from provenance.knowledge.rules import load_rules
from provenance.model import Role, Rule
from provenance.pipeline.toolbox import Toolbox

__all__ = ["every_rule"]


def every_rule(toolbox: Toolbox) -> list[Rule]:
    """List the attribution, note, furniture and page rules and the documented signals, each kind by id."""
    from provenance.match import SIGNALS  # noqa: PLC0415  (numpy: only this command and the matcher need it)
    from provenance.match.translation.signals import TRANSLATION_SIGNALS  # noqa: PLC0415
    from provenance.score.scorecards import OUTLET_SIGNALS  # noqa: PLC0415
    from provenance.trace import CHAIN_SIGNALS, DIRECTION_SIGNALS  # noqa: PLC0415

    return [
        *toolbox.knowledge.attribution_rules,
        *toolbox.knowledge.note_rules,
        *toolbox.knowledge.furniture_rules,
        *load_rules("shapes"),
        *_role_rules(),
        *_signals("match", "strength", {**SIGNALS, **TRANSLATION_SIGNALS}),
        *_signals("trace", "direction", {**DIRECTION_SIGNALS, **CHAIN_SIGNALS}),
        *_signals("score", "outlet", {f"outlet.{name}": signal for name, signal in OUTLET_SIGNALS.items()}),
    ]


def _role_rules() -> Iterator[Rule]:
    for role in sorted(Role):
        why = f"The page's own markup (element, class or landmark) says that the line is of the kind “{role}”."
        yield Rule(id=f"markup.{role}", stage="clean", kind=role, why=why, language="*")
        under = f"The line stands below a furniture heading that opens lines of the kind “{role}”."
        yield Rule(id=f"page.below-{role}-heading", stage="clean", kind=role, why=under, language="*")
    yield Rule("markup.blockquote", "clean", Role.QUOTE, "A blockquote element inside the article.", language="*")


def _signals(stage: str, kind: str, signals: Mapping[str, Callable[..., object]]) -> Iterator[Rule]:
    """A signal's docstring is its public explanation."""
    for name, signal in sorted(signals.items()):
        yield Rule(id=name, stage=stage, kind=kind, why=" ".join((signal.__doc__ or "").split()), language="*")
