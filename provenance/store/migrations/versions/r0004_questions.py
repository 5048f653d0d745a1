"""Answer the common questions to people who open the store in a database browser. Views only: no data is touched.

All but the last are about the latest finished audit, as the commands are. Which of two texts came first is only told
where it is known: those in unknown order have a view of their own.

Revision: 0004, after 0003
"""

from __future__ import annotations

from alembic import op

__all__ = ["branch_labels", "depends_on", "down_revision", "downgrade", "revision", "upgrade"]

revision = "0004"
down_revision: str | None = "0003"
branch_labels: str | None = None
depends_on: str | None = None

LATEST_AUDIT = """
CREATE VIEW latest_audit AS
SELECT r.id AS run_id, r.finished_at, r.origins_at_least, r.origins_at_most,
       (SELECT COUNT(*) FROM run_articles a WHERE a.run_id = r.id) AS articles,
       (SELECT COUNT(*) FROM families f WHERE f.run_id = r.id) AS families,
       (SELECT COUNT(*) FROM unreadable u WHERE u.run_id = r.id) AS unreadable_sources,
       r.paths, r.options, r.versions
FROM runs r
WHERE r.id = (SELECT l.id FROM runs l WHERE l.status = 'finished' ORDER BY l.finished_at DESC, l.id DESC LIMIT 1)
"""

WHO_HAS_IT_FROM_WHOM = """
CREATE VIEW who_has_it_from_whom AS
SELECT dr.title, down_outlet.name AS outlet, dr.published_written AS published,
       ur.title AS has_it_from, up_outlet.name AS upstream_outlet, ur.published_written AS upstream_published,
       CASE WHEN d.upstream IS NULL THEN 'credited, not at hand' ELSE 'at hand' END AS upstream_text,
       d.share, d.interval_low, d.interval_high, d.strength, d.direction,
       CASE WHEN EXISTS (SELECT 1 FROM upstream_outlets c WHERE c.run_id = d.run_id AND c.article_id = d.downstream
                         AND c.said_by = 'page' AND c.outlet_id = COALESCE(d.upstream_outlet, ur.outlet_id))
            THEN 'yes' ELSE 'no' END AS credits_it,
       CASE WHEN d.is_version THEN 'yes' ELSE 'no' END AS is_version,
       d.decision AS review,
       (SELECT {joined} FROM
           (SELECT DISTINCT e.kind AS item FROM evidence e
            WHERE e.run_id = d.run_id AND e.derivation = d.number
            ORDER BY e.kind) AS kinds) AS evidence_kinds,
       d.downstream AS article_id, d.upstream AS upstream_article_id, d.run_id
FROM latest_audit l
JOIN derivations d ON d.run_id = l.run_id
JOIN run_articles dr ON dr.run_id = d.run_id AND dr.article_id = d.downstream
LEFT JOIN run_articles ur ON ur.run_id = d.run_id AND ur.article_id = d.upstream
LEFT JOIN outlets down_outlet ON down_outlet.id = dr.outlet_id
LEFT JOIN outlets up_outlet ON up_outlet.id = COALESCE(d.upstream_outlet, ur.outlet_id)
WHERE d.in_lineage AND d.status = 'derived' AND (d.upstream IS NULL OR d.direction <> 'unknown')
"""

SHARED_TEXT = """
CREATE VIEW shared_text_of_unknown_order AS
SELECT a.title AS one_title, a_outlet.name AS one_outlet, a.published_written AS one_published,
       b.title AS other_title, b_outlet.name AS other_outlet, b.published_written AS other_published,
       d.strength, d.downstream AS one_article_id, d.upstream AS other_article_id, d.run_id
FROM latest_audit l
JOIN derivations d ON d.run_id = l.run_id
JOIN run_articles a ON a.run_id = d.run_id AND a.article_id = d.downstream
JOIN run_articles b ON b.run_id = d.run_id AND b.article_id = d.upstream
LEFT JOIN outlets a_outlet ON a_outlet.id = a.outlet_id
LEFT JOIN outlets b_outlet ON b_outlet.id = b.outlet_id
WHERE d.in_lineage AND d.status = 'derived' AND d.direction = 'unknown'
"""

UNCREDITED_REPOSTS = """
CREATE VIEW uncredited_reposts AS
SELECT w.title, w.outlet, w.published, w.has_it_from, w.upstream_outlet, w.upstream_published,
       v.degree, v.derived_share, w.share AS share_from_this_upstream, w.strength, w.direction, w.evidence_kinds,
       w.article_id, w.upstream_article_id, w.run_id
FROM who_has_it_from_whom w
JOIN verdicts v ON v.run_id = w.run_id AND v.article_id = w.article_id
WHERE v.credit = 'uncredited'
"""

CHANGED_FACTS = """
CREATE VIEW changed_facts AS
SELECT c.kind, c.downstream_wording AS article_says, c.upstream_wording AS other_article_says,
       CASE WHEN EXISTS (SELECT 1 FROM derivations d WHERE d.run_id = c.run_id AND d.downstream = c.downstream
                         AND d.upstream = c.upstream AND d.direction <> 'unknown')
            THEN 'upstream' ELSE 'tied, which came first is unknown' END AS the_other_is,
       dr.title, down_outlet.name AS outlet, ur.title AS other_title, up_outlet.name AS other_outlet,
       c.downstream AS article_id, c.upstream AS other_article_id, c.run_id
FROM latest_audit l
JOIN drift c ON c.run_id = l.run_id
JOIN run_articles dr ON dr.run_id = c.run_id AND dr.article_id = c.downstream
JOIN run_articles ur ON ur.run_id = c.run_id AND ur.article_id = c.upstream
LEFT JOIN outlets down_outlet ON down_outlet.id = dr.outlet_id
LEFT JOIN outlets up_outlet ON up_outlet.id = ur.outlet_id
"""

LOST_ON_THE_WAY = """
CREATE VIEW lost_on_the_way AS
SELECT c.kind, c.upstream_wording AS upstream_says, c.downstream_wording AS article_says_instead,
       dr.title, down_outlet.name AS outlet, ur.title AS upstream_title, up_outlet.name AS upstream_outlet,
       c.downstream AS article_id, c.upstream AS upstream_article_id, c.run_id
FROM latest_audit l
JOIN erosion c ON c.run_id = l.run_id
JOIN run_articles dr ON dr.run_id = c.run_id AND dr.article_id = c.downstream
JOIN run_articles ur ON ur.run_id = c.run_id AND ur.article_id = c.upstream
LEFT JOIN outlets down_outlet ON down_outlet.id = dr.outlet_id
LEFT JOIN outlets up_outlet ON up_outlet.id = ur.outlet_id
"""

OUTLET_COUNTS = """
CREATE VIEW outlet_counts AS
SELECT o.name AS outlet, COUNT(*) AS articles,
       SUM(CASE WHEN v.degree IN ('wholly-derived', 'partially-derived') THEN 1 ELSE 0 END) AS derived,
       SUM(CASE WHEN v.degree = 'non-derived' THEN 1 ELSE 0 END) AS not_derived,
       SUM(CASE WHEN v.degree = 'unmeasured' THEN 1 ELSE 0 END) AS not_measurable,
       SUM(CASE WHEN v.credit = 'credited' THEN 1 ELSE 0 END) AS credited,
       SUM(CASE WHEN v.credit = 'uncredited' THEN 1 ELSE 0 END) AS uncredited,
       SUM(CASE WHEN v.credit = 'credited-not-at-hand' THEN 1 ELSE 0 END) AS credited_not_at_hand,
       SUM(CASE WHEN v.credit = 'contradicted' THEN 1 ELSE 0 END) AS contradicted,
       o.id AS outlet_id, a.run_id
FROM latest_audit l
JOIN run_articles a ON a.run_id = l.run_id
JOIN outlets o ON o.id = a.outlet_id
LEFT JOIN verdicts v ON v.run_id = a.run_id AND v.article_id = a.article_id
GROUP BY o.id, o.name, a.run_id
"""

REVIEW_DECISIONS = """
CREATE VIEW review_decisions AS
SELECT r.decided_at, r.reviewer, r.decision, r.note,
       CASE WHEN EXISTS (SELECT 1 FROM reviews n WHERE n.id > r.id AND (
                (n.downstream = r.downstream AND n.downstream_hash = r.downstream_hash
                 AND n.upstream = r.upstream AND n.upstream_hash = r.upstream_hash)
             OR (n.downstream = r.upstream AND n.downstream_hash = r.upstream_hash
                 AND n.upstream = r.downstream AND n.upstream_hash = r.downstream_hash)
             OR (n.downstream = r.downstream AND n.downstream_hash = r.downstream_hash
                 AND n.upstream IS NULL AND r.upstream IS NULL AND n.upstream_outlet = r.upstream_outlet)))
            THEN 'no' ELSE 'yes' END AS is_the_last_about_it,
       dr.title, ur.title AS upstream_title, o.name AS upstream_outlet,
       r.downstream AS article_id, r.upstream AS upstream_article_id
FROM reviews r
LEFT JOIN run_articles dr ON dr.article_id = r.downstream AND dr.run_id = (SELECT run_id FROM latest_audit)
LEFT JOIN run_articles ur ON ur.article_id = r.upstream AND ur.run_id = (SELECT run_id FROM latest_audit)
LEFT JOIN outlets o ON o.id = COALESCE(r.upstream_outlet, ur.outlet_id)
"""

VIEWS = (
    LATEST_AUDIT,
    WHO_HAS_IT_FROM_WHOM,
    SHARED_TEXT,
    UNCREDITED_REPOSTS,
    CHANGED_FACTS,
    LOST_ON_THE_WAY,
    OUTLET_COUNTS,
    REVIEW_DECISIONS,
)
"""In the order in which one builds on another."""


def upgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    joined = "string_agg(item, ', ' ORDER BY item)" if postgresql else "group_concat(item, ', ')"
    for view in VIEWS:
        op.execute(view.format(joined=joined))


def downgrade() -> None:
    for view in reversed(VIEWS):
        op.execute(f"DROP VIEW {view.split()[2]}")
