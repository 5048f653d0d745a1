"""Reuse across languages: what a text has in common with its translation, sentence by sentence and in order.

Nothing is translated and no model is needed: numbers, names and words of one root are the same in most languages
(:mod:`~provenance.match.translation.anchors`), a translation follows its source sentence by sentence
(:mod:`~provenance.match.translation.alignment`), and what that tells is measured in
:mod:`~provenance.match.translation.signals`.
"""
