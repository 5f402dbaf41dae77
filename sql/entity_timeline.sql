-- Where a person, organisation or place stood in the news, day by day: a row for each article that names
-- it, with how often, in what role (the first one given), and how many statements in it are its own. Only
-- the latest version of an article counts; a story that others copied stands once, where it was first.
-- :entity (text, required) a part of any name it goes by
-- :kind (text, default null) person, organisation or place
-- :since (date, default null) first day of publication
-- :until (date, default null) last day of publication
-- :limit (integer, default 200) rows at most
SELECT
    published_on, publisher, entity, kind, role, mentions, claims,
    headline, url, article_id, first_char, entity_id
FROM (
    SELECT
        a.published_on, a.published_at, coalesce(p.name, p.domain) AS publisher, e.name AS entity, e.kind,
        (
            SELECT r.role FROM mentions AS r
            WHERE r.article_id = a.id AND r.entity_id = e.id AND r.role IS NOT NULL ORDER BY r.ordinal LIMIT 1
        ) AS role,
        count(*) AS mentions,
        (
            SELECT count(*) FROM claims AS c WHERE c.article_id = a.id AND c.speaker_id = e.id
        ) AS claims,
        a.headline, a.url, a.id AS article_id, min(m.start_char) AS first_char, e.id AS entity_id,
        rank() OVER (
            PARTITION BY a.story_id, e.id ORDER BY a.published_on NULLS LAST, a.published_at NULLS LAST, a.id
        ) AS copy
    FROM mentions AS m
    JOIN entities AS e ON e.id = m.entity_id
    JOIN articles AS a ON a.id = m.article_id
    LEFT JOIN publishers AS p ON p.id = a.publisher_id
    WHERE a.is_latest
        AND m.entity_id IN (
            SELECT n.entity_id FROM entity_names AS n
            WHERE lower(n.name) LIKE '%' || lower(:entity) || '%'
        )
        AND (:kind IS NULL OR e.kind = :kind)
        AND (:since IS NULL OR a.published_on >= :since)
        AND (:until IS NULL OR a.published_on <= :until)
    GROUP BY a.id, p.id, e.id
) AS named
WHERE copy = 1
ORDER BY published_on NULLS LAST, published_at NULLS LAST, article_id, first_char, entity_id
LIMIT :limit
