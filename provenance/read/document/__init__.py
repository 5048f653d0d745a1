"""Documents of word processors and for print: ``.docx`` and ``.pdf``, each with the extra of its name installed.

What such a file notes of itself (author, dates) is that of the file, not of the text: a page printed today was not
published today. It is kept as metadata. This package is light to import.
"""

from __future__ import annotations

__all__: list[str] = []
