"""Findings made readable: the JSON contract, tables, and the terminal report.

Everything here is a pure function from findings to text, objects or Rich renderables. Nothing prints, nothing
queries, nothing is recomputed.
"""

from __future__ import annotations

__all__: list[str] = []
