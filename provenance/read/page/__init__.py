"""Web pages: visible text line by line, what the extractor kept of it, and every claim of the markup.

This package is light to import; lxml, trafilatura and htmldate come with :mod:`provenance.read.page.reading`.
"""

from __future__ import annotations

__all__: list[str] = []
