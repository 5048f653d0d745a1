"""The join of a whole corpus, as arrays and with bounded memory: which articles share words, and which words.

Read from the bottom: :mod:`~provenance.match.join.postings` (one number for a feature and an article),
:mod:`~provenance.match.join.spool` (numbers beyond memory), :mod:`~provenance.match.join.joining` (pairs of articles
that share features; :mod:`~provenance.match.join.outcome`), :mod:`~provenance.match.join.terms` (partners by rare
terms), :mod:`~provenance.match.join.translations` (partners in other languages). What the search for copies adds:
:mod:`~provenance.match.join.corpus` and :mod:`~provenance.match.join.shelf` (texts, taken apart once),
:mod:`~provenance.match.join.fingerprints`, :mod:`~provenance.match.join.furniture`,
:mod:`~provenance.match.join.align` and :mod:`~provenance.match.join.passages` (from candidate pairs to passages).
"""
