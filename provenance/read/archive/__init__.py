"""Web archives: WARC files (``.warc``, ``.warc.gz``, ``.wet``) and the collections that pack them (``.wacz``).

Records are read one at a time and nothing is ever written under the name an archive gives. This package is light to
import; warcio and lxml come with the first archive.
"""

from __future__ import annotations

__all__: list[str] = []
