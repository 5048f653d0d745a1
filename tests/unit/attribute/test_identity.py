"""Is it me? Pages of companies with several outlets: own legal lines, sisters' articles, network publishers."""

from __future__ import annotations

import pytest

from provenance.model import (
    AttributionKind,
    Claim,
)
from tests.unit.attribute.plain_text import inspected

BODY = (
    "Ferry crews on the lower lake returned to their boats on Tuesday after nine days ashore, the harbour board said.\n"
)


OWN = "https://www.freep.com/story/1"
UNLISTED = "https://www.lakeside-ledger.example/a"


@pytest.mark.parametrize("url", [OWN, UNLISTED, "https://www.elpais.com/a"])
@pytest.mark.parametrize(
    "line",
    [
        "© 2025 Nexstar Media Inc. All rights reserved.",
        "© 2025 USA TODAY Network",
        "Copyright 2025 Gannett Co., Inc.",
        "© 2025 Nikkei Inc. All rights reserved.",
        "© 2025 Dow Jones & Company, Inc. All Rights Reserved.",
        "Copyright © 2025 Grupo Clarín",
    ],
)
def test_a_legal_line_of_a_company_is_nobodys_upstream(line: str, url: str) -> None:
    assert inspected(BODY + BODY + line + "\n", url=url).upstreams == ()


def test_a_sisters_article_is_another_outlets() -> None:
    text = BODY + BODY + "This article originally appeared on Detroit Free Press: Ferry crews return\n"
    assert inspected(text, url="https://www.indystar.com/story/1").upstreams == ("freep",)
    assert inspected(text, url=OWN).upstreams == ()


@pytest.mark.parametrize(
    ("url", "name"),
    [(OWN, "USA TODAY NETWORK"), ("https://www.volkskrant.nl/a", "DPG Media B.V."), (UNLISTED, "Gannett")],
)
def test_a_credit_of_the_pages_company_is_its_own(url: str, name: str) -> None:
    publisher = name if url == UNLISTED else None
    found = inspected(BODY + BODY + f"Source: {name}\n", url=url, outlet=publisher)
    assert found.upstreams == ()
    assert {item.kind for item in found.attributions} <= {AttributionKind.SELF}


def test_a_publisher_that_is_a_company_leaves_the_page_its_own_outlet() -> None:
    text = BODY + BODY + "This article originally appeared on USA TODAY: Ferry crews return\n"
    found = inspected(text, url=UNLISTED, outlet="USA TODAY Network")
    assert found.outlet == "lakesideledger"
    assert found.upstreams == ("usatoday",)


@pytest.mark.parametrize(
    ("url", "address"), [(OWN, "https://www.usatoday.com"), (OWN, "https://www.gannett-cdn.com"), (UNLISTED, "")]
)
def test_a_company_in_the_markup_is_never_the_upstream(url: str, address: str) -> None:
    extra = {"name": "USA TODAY Network", **({"url": address} if address else {})}
    claim = Claim("json-ld", "sourceOrganization", "USA TODAY Network", "sourceOrganization", "NewsArticle", extra)
    assert inspected(BODY, url=url, claims=(claim,)).upstreams == ()
