"""Findings as Rich renderables, folded to whatever width they are shown at.

Nothing is ever cut off: text that does not fit is folded, and in a pipe every paragraph is one line. Colour repeats
what a word already says. Article text only ever enters as :class:`rich.text.Text` made printable, never as markup.
"""

from __future__ import annotations

__all__: list[str] = []
