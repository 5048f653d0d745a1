"""Views for people who open the store in a database browser."""

from __future__ import annotations

from alembic import op

__all__ = ["create", "drop"]

ARTICLE_SUMMARY = """
CREATE VIEW article_summary AS
SELECT r.run_id, r.article_id, a.source, r.title, r.published_written AS published, r.language, o.name AS outlet,
       r.words, v.degree, v.derived_share, v.interval_low, v.interval_high, v.basis, v.credit,
       (SELECT {joined} FROM
           (SELECT DISTINCT n.name AS item FROM upstream_outlets u JOIN outlets n ON n.id = u.outlet_id
            WHERE u.run_id = r.run_id AND u.article_id = r.article_id AND u.said_by = 'verdict'
            ORDER BY n.name) AS named) AS upstream_outlets,
       m.family_id
FROM run_articles r
JOIN articles a ON a.id = r.article_row
LEFT JOIN outlets o ON o.id = r.outlet_id
LEFT JOIN verdicts v ON v.run_id = r.run_id AND v.article_id = r.article_id
LEFT JOIN family_members m ON m.run_id = r.run_id AND m.article_id = r.article_id
"""

REPOSTS = """
CREATE VIEW reposts AS
SELECT d.run_id, d.downstream AS article_id, da.source, dr.title, down_outlet.name AS outlet,
       d.upstream AS upstream_article_id, ua.source AS upstream_source,
       COALESCE(d.upstream_outlet, ur.outlet_id) AS upstream_outlet_id, up_outlet.name AS upstream_outlet,
       d.share, d.interval_low, d.interval_high, d.strength, d.direction, d.in_lineage,
       (SELECT {joined} FROM
           (SELECT DISTINCT e.kind AS item FROM evidence e
            WHERE e.run_id = d.run_id AND e.derivation = d.number
            ORDER BY e.kind) AS kinds) AS evidence_kinds
FROM derivations d
JOIN run_articles dr ON dr.run_id = d.run_id AND dr.article_id = d.downstream
JOIN articles da ON da.id = dr.article_row
LEFT JOIN run_articles ur ON ur.run_id = d.run_id AND ur.article_id = d.upstream
LEFT JOIN articles ua ON ua.id = ur.article_row
LEFT JOIN outlets down_outlet ON down_outlet.id = dr.outlet_id
LEFT JOIN outlets up_outlet ON up_outlet.id = COALESCE(d.upstream_outlet, ur.outlet_id)
WHERE d.status = 'derived'
"""


def create() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    joined = "string_agg(item, ', ' ORDER BY item)" if postgresql else "group_concat(item, ', ')"
    for view in (ARTICLE_SUMMARY, REPOSTS):
        op.execute(view.format(joined=joined))


def drop() -> None:
    op.execute("DROP VIEW reposts")
    op.execute("DROP VIEW article_summary")
