r"""Rules as data: the TOML files beside this module, read into frozen values.

A rule file names the stage it belongs to and a language (``*`` where the rule is of a markup family or of none)::

    stage = "attribute"
    language = "en"

    [[rule]]
    id = "en.original-source"
    kind = "republication"
    pattern = '''(?i)^original source:\s*(?P<name>.+)$'''
    why = "A line of its own that begins with this label names the outlet the text was taken from."
    source = "Common on aggregator blogs; general newsroom knowledge."
    examples = ["Original Source: www.example.com"]
    counterexamples = ["The original source of the leak is unknown."]

Any further key of a rule is kept in :attr:`Rule.options <provenance.model.attribution.Rule.options>` as text.
"""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable
from itertools import pairwise
from typing import Any

import rtoml

from provenance.errors import KnowledgeError
from provenance.model import Rule

__all__ = ["load_rules", "parse_rules"]

_FIELDS = frozenset({"id", "kind", "pattern", "why", "source", "examples", "counterexamples"})


def load_rules(family: str) -> tuple[Rule, ...]:
    """Read every rule file of one family (``attribution``, ``furniture``), sorted by rule id.

    Raises:
        KnowledgeError: a file is not TOML, a rule lacks a field, or two rules share an id.
    """
    folder = resources.files("provenance.knowledge") / "data" / family
    rules = [rule for file in _rule_files(folder) for rule in parse_rules(file.read_text("utf-8"), name=file.name)]
    rules.sort(key=lambda rule: rule.id)
    for first, second in pairwise(rules):
        if first.id == second.id:
            raise KnowledgeError(f"two {family} rules are called {first.id}", hint="Rename one of them.")
    return tuple(rules)


def _rule_files(folder: Traversable) -> list[Traversable]:
    if not folder.is_dir():
        return []
    return sorted((item for item in folder.iterdir() if item.name.endswith(".toml")), key=lambda item: item.name)


def parse_rules(text: str, *, name: str) -> list[Rule]:
    """Read the rules of one file; ``name`` is for error messages only.

    Raises:
        KnowledgeError: the text is not TOML, or a rule lacks ``id``, ``kind`` or ``why``.
    """
    try:
        document = rtoml.loads(text)
        return [_rule(entry, document) for entry in document.get("rule", [])]
    except rtoml.TomlParsingError as error:
        raise KnowledgeError(f"{name} is not TOML: {error}", hint="Mend the file at the place named.") from error
    except KeyError as error:
        raise KnowledgeError(
            f"{name}: a rule has no {error}", hint="Give every rule an id, a kind and a why."
        ) from error


def _rule(entry: dict[str, Any], document: dict[str, Any]) -> Rule:
    return Rule(
        id=str(entry["id"]),
        stage=str(document["stage"]),
        kind=str(entry["kind"]),
        why=str(entry["why"]),
        pattern=str(entry.get("pattern", "")),
        source=str(entry.get("source", "")),
        examples=tuple(map(str, entry.get("examples", ()))),
        counterexamples=tuple(map(str, entry.get("counterexamples", ()))),
        language=str(document.get("language", "*")),
        options={key: str(value) for key, value in entry.items() if key not in _FIELDS},
    )
