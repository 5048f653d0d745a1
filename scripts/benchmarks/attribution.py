"""Articles a second of the attribution stage alone."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from benchmarks.texts import made_articles
from provenance.attribute import attribute
from provenance.clean import SiteLearner, label
from provenance.model import LabelledArticle
from provenance.pipeline.toolbox import Toolbox

__all__ = ["measure_attribution"]

AIM = 300  # articles of 500 words a second, on one core
_ROUNDS = 3  # the fastest counts: the others were disturbed


def measure_attribution(articles: int) -> Mapping[str, float]:
    """Time attribution in processor seconds over articles already read and labelled."""
    toolbox = Toolbox.load()
    site = SiteLearner().learn()
    labelled = [label(article, phrases=toolbox.phrases, site=site) for article in made_articles(articles)]
    seconds = min(_seconds(labelled, toolbox) for _ in range(_ROUNDS))
    figures = {"articles": articles, "seconds": round(seconds, 3), "aim": AIM}
    return {**figures, "articles_per_second": round(articles / seconds, 1)}


def _seconds(labelled: Sequence[LabelledArticle], toolbox: Toolbox) -> float:
    begun = time.process_time()
    for one in labelled:
        # As an audit does.
        attribute(one, rules=toolbox.rules, outlets=toolbox.knowledge.outlets, notes=toolbox.notes, explain=False)
    return time.process_time() - begun
