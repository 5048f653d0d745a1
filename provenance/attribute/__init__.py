"""Attribution: what a page says about its source, in text and markup, with the span and the rule behind each claim."""

from __future__ import annotations

from provenance.attribute.notes import NoteRules
from provenance.attribute.rules import AttributionRules
from provenance.attribute.stage import ATTRIBUTE_VERSION, attribute

__all__ = ["ATTRIBUTE_VERSION", "AttributionRules", "NoteRules", "attribute"]
