"""Trees of any size: deep ones go on in further trees, for 80 columns leave no room for words at great depth."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from rich.console import RenderableType
from rich.tree import Tree

from provenance.report.terminal.layout import plain

__all__ = ["MAX_DEPTH", "Growth"]

MAX_DEPTH: Final = 6
"""Levels of a tree before it goes on in a new one: deeper, 80 columns leave no room for words."""

Node = TypeVar("Node")


@dataclass(frozen=True, slots=True)
class Growth(Generic[Node]):
    """How trees grow from nodes; nothing recurses, so that no chain is too long.

    Attributes:
        label: what to show at a node; asked once for each, before :attr:`below`.
        below: the nodes that stand under a node, in order.
        waiting: what to say at a node whose branch goes on in a further tree, given how many nodes stand under it.
        resumed: the root of that further tree.
    """

    label: Callable[[Node], RenderableType]
    below: Callable[[Node], Sequence[Node]]
    waiting: Callable[[int], str]
    resumed: Callable[[Node], str]

    def trees(self, root: RenderableType | None, tops: Iterable[Node]) -> Iterator[Tree]:
        """Yield a tree over ``tops``, and one more for each branch that goes on below :data:`MAX_DEPTH`.

        Args:
            root: what stands over the tops; ``None`` where the one top is itself the root.
            tops: the first nodes; a single one where ``root`` is ``None``.
        """
        todo: deque[tuple[RenderableType | None, Sequence[Node]]] = deque([(root, list(tops))])
        while todo:
            label, nodes = todo.popleft()
            tree, cut = self._tree(label, nodes)
            if tree is not None:
                yield tree
            todo.extend((plain(self.resumed(node), "dim"), below) for node, below in cut)

    def _tree(
        self, label: RenderableType | None, tops: Sequence[Node]
    ) -> tuple[Tree | None, list[tuple[Node, Sequence[Node]]]]:
        """Grow one tree; return it with the nodes it is cut off at and what stands below these."""
        root = Tree(label, guide_style="dim") if label is not None else None
        cut: list[tuple[Node, Sequence[Node]]] = []
        branches: list[tuple[Tree | None, Node, int]] = [(root, each, 1) for each in reversed(tops)]
        while branches:
            parent, node, depth = branches.pop()
            shown = self.label(node)
            branch = Tree(shown, guide_style="dim") if parent is None else parent.add(shown)
            root = root or branch
            below = self.below(node)
            if depth < MAX_DEPTH:
                branches.extend((branch, each, depth + 1) for each in reversed(below))
            elif below:
                branch.add(plain(self.waiting(len(below)), "dim"))
                cut.append((node, below))
        return root, cut
