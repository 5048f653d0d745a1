"""Clean: article and site are told apart; every line gets a role and the rule that decided. Nothing is deleted.

:func:`label` decides for one page, with the furniture :class:`SiteLearner` found recurring at its outlet (it learns
from the :func:`outline` of each article) and the :class:`FurniturePhrases` of the rule files. :func:`mark_credits` runs
after attribution; :func:`with_metadata` gives an article the title, byline and date its labelled lines state;
:func:`tricks` finds what is hidden or disguised in its text.
"""

from __future__ import annotations

from provenance.clean.credits import mark_credits
from provenance.clean.metadata import with_metadata
from provenance.clean.outlines import outline
from provenance.clean.page import label
from provenance.clean.phrases import FurniturePhrases
from provenance.clean.site import SiteFurniture, SiteLearner
from provenance.clean.tricks import tricks

__all__ = [
    "CLEAN_VERSION",
    "FurniturePhrases",
    "SiteFurniture",
    "SiteLearner",
    "label",
    "mark_credits",
    "outline",
    "tricks",
    "with_metadata",
]

CLEAN_VERSION = "6"
"""Changes whenever the same article may get other labels with the same rules: stored labels of another are stale."""
