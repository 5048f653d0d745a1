"""The report as pages for a browser: one file that opens from disk and asks nobody for anything.

Values in, strings out. What a page says is put into small values first (``graph``, ``links``, ``rows`` …); the
templates beside this module only set them out. ``page.py`` puts everything together.
"""

from __future__ import annotations

__all__: list[str] = []
