"""What the source says of itself: documented constants, classes and functions, read without running anything."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from documentation.pages import ROOT

__all__ = ["Documented", "attributes_of", "classes_of", "constants_of", "in_markdown"]


@dataclass(frozen=True, slots=True)
class Documented:
    """A name, the expression it is bound to (empty for none), and what its docstring or comment says."""

    name: str
    value: str
    says: str


def _parse(module: str) -> tuple[ast.Module, list[str]]:
    file = ROOT / Path(*module.split(".")).with_suffix(".py")
    text = (file if file.exists() else file.with_suffix("") / "__init__.py").read_text("utf-8")
    return ast.parse(text), text.splitlines()


def constants_of(module: str) -> list[Documented]:
    """List the public constants of a module that have an explanation, in their order."""
    tree, lines = _parse(module)
    return [each for each in _bindings(tree.body, lines) if each.name.isupper() and not each.name.startswith("_")]


def attributes_of(definition: ast.ClassDef, lines: list[str]) -> dict[str, str]:
    """Give what is said of each attribute of a class."""
    return {each.name: each.says for each in _bindings(definition.body, lines)}


def classes_of(module: str) -> Iterator[tuple[ast.ClassDef, list[str]]]:
    """Yield the classes of a module with the lines of its source."""
    tree, lines = _parse(module)
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield node, lines


def _bindings(body: list[ast.stmt], lines: list[str]) -> Iterator[Documented]:
    for node, following in zip(body, [*body[1:], None], strict=True):
        target = (
            node.targets[0]
            if isinstance(node, ast.Assign)
            else node.target
            if isinstance(node, ast.AnnAssign)
            else None
        )
        if not isinstance(target, ast.Name) or not isinstance(node, ast.Assign | ast.AnnAssign):
            continue
        says = _docstring(following) or _comment(lines[(node.end_lineno or node.lineno) - 1])
        if says:
            yield Documented(target.id, ast.unparse(node.value) if node.value else "", says)


def _docstring(node: ast.stmt | None) -> str:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
        return inspect.cleandoc(node.value.value)
    return ""


def _comment(line: str) -> str:
    return line.partition("  # ")[2].strip()


def in_markdown(docstring: str) -> str:
    """Write the reStructuredText of a docstring as Markdown, in one paragraph."""
    text = re.sub(r"\s+", " ", docstring.strip())
    text = re.sub(r":[a-z:]+:`[^`<]*?<?~?([\w.]+)>?`", lambda found: f"`{found[1].rpartition('.')[2]}`", text)
    return text.replace("``", "`")
