"""Count what is derived, and not what is only tied in unknown order; leave no article out. Views only.

- ``article_summary`` and ``reposts`` are about finished audits. The summary says how well it is known that an article
  is the later one (``direction``) and what became of it (``standing``), in the classes of an audit's headline. A repost
  is a link of the lineage whose order is known, as in ``who_has_it_from_whom``.
- ``outlet_counts`` counts those classes, so that each article is in one of them; articles without an outlet are in a
  row of their own.
- ``lost_on_the_way`` leaves out what ``changed_facts`` tells, which earlier programs listed in both.

Revision: 0005, after 0004
"""

from __future__ import annotations

from alembic import op

from provenance.store.migrations.first import views as first
from provenance.store.migrations.versions import r0004_questions as before

__all__ = ["branch_labels", "depends_on", "down_revision", "downgrade", "revision", "upgrade"]

revision = "0005"
down_revision: str | None = "0004"
branch_labels: str | None = None
depends_on: str | None = None

ARTICLE_SUMMARY = """
CREATE VIEW article_summary AS
SELECT s.run_id, s.article_id, s.source, s.title, s.published, s.language, s.outlet, s.words,
       CASE WHEN s.basis <> 'none' AND (s.derived_share IS NULL OR s.degree = 'unmeasured') THEN 'admits a source'
            WHEN s.degree = 'non-derived' THEN 'not derived'
            WHEN s.direction = 'unknown' THEN 'shares text, order unknown'
            WHEN s.degree IS NOT NULL THEN 'derived' END AS standing,
       s.degree, s.derived_share, s.interval_low, s.interval_high, s.direction, s.basis, s.credit,
       s.upstream_outlets, s.family_id, s.outlet_id
FROM (
    SELECT r.run_id, r.article_id, a.source, r.title, r.published_written AS published, r.language,
           o.name AS outlet, r.words, v.degree, v.derived_share, v.interval_low, v.interval_high, v.basis, v.credit,
           CASE WHEN EXISTS (SELECT 1 FROM derivations d {by_downstream}
                             WHERE d.run_id = r.run_id AND d.downstream = r.article_id
                             AND d.status = 'derived' AND d.upstream IS NOT NULL AND d.direction = 'established')
                THEN 'established'
                WHEN EXISTS (SELECT 1 FROM derivations d {by_downstream}
                             WHERE d.run_id = r.run_id AND d.downstream = r.article_id
                             AND d.status = 'derived' AND d.upstream IS NOT NULL AND d.direction = 'likely')
                THEN 'likely'
                WHEN EXISTS (SELECT 1 FROM derivations d {by_downstream}
                             WHERE d.run_id = r.run_id AND d.downstream = r.article_id
                             AND d.status = 'derived' AND d.upstream IS NOT NULL AND d.direction = 'unknown')
                  OR EXISTS (SELECT 1 FROM derivations d {by_upstream}
                             WHERE d.run_id = r.run_id AND d.upstream = r.article_id
                             AND d.status = 'derived' AND d.direction = 'unknown')
                THEN 'unknown' END AS direction,
           (SELECT {joined} FROM
               (SELECT DISTINCT n.name AS item FROM upstream_outlets u JOIN outlets n ON n.id = u.outlet_id
                WHERE u.run_id = r.run_id AND u.article_id = r.article_id AND u.said_by = 'verdict'
                ORDER BY n.name) AS named) AS upstream_outlets,
           m.family_id, r.outlet_id
    FROM runs f
    JOIN run_articles r ON r.run_id = f.id
    JOIN articles a ON a.id = r.article_row
    LEFT JOIN outlets o ON o.id = r.outlet_id
    LEFT JOIN verdicts v ON v.run_id = r.run_id AND v.article_id = r.article_id
    LEFT JOIN family_members m ON m.run_id = r.run_id AND m.article_id = r.article_id
    WHERE f.status = 'finished'
) AS s
"""

REPOSTS = """
CREATE VIEW reposts AS
SELECT d.run_id, d.downstream AS article_id, da.source, dr.title, down_outlet.name AS outlet,
       d.upstream AS upstream_article_id, ua.source AS upstream_source,
       COALESCE(d.upstream_outlet, ur.outlet_id) AS upstream_outlet_id, up_outlet.name AS upstream_outlet,
       d.share, d.interval_low, d.interval_high, d.strength, d.direction,
       (SELECT {joined} FROM
           (SELECT DISTINCT e.kind AS item FROM evidence e
            WHERE e.run_id = d.run_id AND e.derivation = d.number
            ORDER BY e.kind) AS kinds) AS evidence_kinds
FROM runs f
JOIN derivations d ON d.run_id = f.id
JOIN run_articles dr ON dr.run_id = d.run_id AND dr.article_id = d.downstream
JOIN articles da ON da.id = dr.article_row
LEFT JOIN run_articles ur ON ur.run_id = d.run_id AND ur.article_id = d.upstream
LEFT JOIN articles ua ON ua.id = ur.article_row
LEFT JOIN outlets down_outlet ON down_outlet.id = dr.outlet_id
LEFT JOIN outlets up_outlet ON up_outlet.id = COALESCE(d.upstream_outlet, ur.outlet_id)
WHERE f.status = 'finished' AND d.in_lineage AND d.status = 'derived'
  AND (d.upstream IS NULL OR d.direction <> 'unknown')
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
WHERE NOT EXISTS (SELECT 1 FROM drift t {drift_by_downstream}
                  WHERE t.run_id = c.run_id AND t.downstream = c.downstream AND t.upstream = c.upstream
                  AND t.upstream_begins = c.upstream_begins AND t.upstream_ends = c.upstream_ends)
"""

CHANGED_FACTS = before.CHANGED_FACTS.replace("FROM derivations d WHERE", "FROM derivations d {by_downstream} WHERE")

OUTLET_COUNTS = """
CREATE VIEW outlet_counts AS
SELECT COALESCE(c.outlet, 'outlet unknown') AS outlet, SUM(c.articles) AS articles,
       SUM(CASE WHEN c.standing = 'derived' THEN c.articles ELSE 0 END) AS derived,
       SUM(CASE WHEN c.standing = 'shares text, order unknown' THEN c.articles ELSE 0 END) AS order_unknown,
       SUM(CASE WHEN c.standing = 'admits a source' THEN c.articles ELSE 0 END) AS admitting_a_source,
       SUM(CASE WHEN c.standing = 'not derived' THEN c.articles ELSE 0 END) AS not_derived,
       SUM(CASE WHEN c.credit = 'credited' THEN c.articles ELSE 0 END) AS credited,
       SUM(CASE WHEN c.credit = 'uncredited' THEN c.articles ELSE 0 END) AS uncredited,
       SUM(CASE WHEN c.credit = 'credited-not-at-hand' THEN c.articles ELSE 0 END) AS credited_not_at_hand,
       SUM(CASE WHEN c.credit = 'contradicted' THEN c.articles ELSE 0 END) AS contradicted,
       SUM(CASE WHEN c.credit = 'not-applicable' THEN c.articles ELSE 0 END) AS no_credit_called_for,
       c.outlet_id, c.run_id
FROM (
    SELECT s.outlet_id, s.outlet, s.standing, s.credit, s.run_id, COUNT(*) AS articles
    FROM latest_audit l
    JOIN article_summary s ON s.run_id = l.run_id
    GROUP BY s.outlet_id, s.outlet, s.standing, s.credit, s.run_id
) AS c
GROUP BY c.outlet_id, c.outlet, c.run_id
ORDER BY CASE WHEN c.outlet_id IS NULL THEN 1 ELSE 0 END, c.outlet, c.outlet_id
"""

OLD = (first.ARTICLE_SUMMARY, first.REPOSTS, before.CHANGED_FACTS, before.LOST_ON_THE_WAY, before.OUTLET_COUNTS)
NEW = (ARTICLE_SUMMARY, REPOSTS, CHANGED_FACTS, LOST_ON_THE_WAY, OUTLET_COUNTS)
"""Each in the order in which one builds on another."""


def upgrade() -> None:
    _replace(OLD, NEW)


def downgrade() -> None:
    _replace(NEW, OLD)


def _replace(present: tuple[str, ...], wanted: tuple[str, ...]) -> None:
    parts = _POSTGRESQL if op.get_bind().dialect.name == "postgresql" else _SQLITE
    for view in reversed(present):
        op.execute(f"DROP VIEW {view.split()[2]}")
    for view in wanted:
        op.execute(view.format(**parts))


_SQLITE = {
    "joined": "group_concat(item, ', ')",
    "by_downstream": "INDEXED BY ix_derivations_run_id_downstream",
    "by_upstream": "INDEXED BY ix_derivations_run_id_upstream",
    "drift_by_downstream": "INDEXED BY ix_drift_run_id_downstream",
}
"""Left to itself it looks through all links of a run for each article."""

_POSTGRESQL = {
    "joined": "string_agg(item, ', ' ORDER BY item)",
    "by_downstream": "",
    "by_upstream": "",
    "drift_by_downstream": "",
}
