"""Feeds and news exchange formats, as XML and JSON: items of their own in records, and files of many.

RSS 2.0, 1.0 and Atom, WordPress exports, NewsML-G2, NewsML 1, NITF, ninjs, JSON Feed and the answers of news interfaces
are read alike: the fields of an item that hold prose are its text, those that name a source are claims. What is HTML
inside a field is read as a page is, so that its lines, links and other claims count.

This package is light to import; lxml comes with the modules that parse.
"""

from __future__ import annotations

__all__: list[str] = []
