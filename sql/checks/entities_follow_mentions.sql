-- An entity's counts and days are those of its mentions, its names are those it is mentioned by, and it is shown
-- by the one that is used most; a person by a full one.
WITH seen AS (
    SELECT m.entity_id, count(DISTINCT m.article_id) AS articles, count(*) AS mentions,
        min(a.published_on) AS first_on, max(a.published_on) AS last_on
    FROM mentions AS m
    JOIN articles AS a ON a.id = m.article_id
    GROUP BY m.entity_id
)
SELECT 'entities' AS thing, CAST(e.id AS text) AS id, 'its counts or days are not those of its mentions' AS wrong
FROM entities AS e
LEFT JOIN seen ON seen.entity_id = e.id
WHERE e.article_count IS DISTINCT FROM seen.articles OR e.mention_count IS DISTINCT FROM seen.mentions
    OR e.first_seen_on IS DISTINCT FROM seen.first_on OR e.last_seen_on IS DISTINCT FROM seen.last_on
UNION ALL
SELECT 'entities', CAST(e.id AS text), 'no mention is of its kind'
FROM entities AS e
WHERE NOT EXISTS (SELECT 1 FROM mentions AS m WHERE m.entity_id = e.id AND m.kind = e.kind)
UNION ALL
-- Of names used as often and of one length any may be shown: databases see their order differently.
SELECT 'entities', CAST(e.id AS text), 'it is not shown by its full name that is used most'
FROM entities AS e
LEFT JOIN (
    SELECT n.entity_id, n.name,
        rank() OVER (
            PARTITION BY n.entity_id
            ORDER BY CASE WHEN named.kind = 'person' AND n.name NOT LIKE '% %' THEN 1 ELSE 0 END,
                n.mention_count DESC, length(n.name) DESC
        ) AS place
    FROM entity_names AS n
    JOIN entities AS named ON named.id = n.entity_id
) AS best ON best.entity_id = e.id AND best.name = e.name AND best.place = 1
WHERE best.name IS NULL
UNION ALL
SELECT 'entity_names', CAST(entity_id AS text) || ' ' || name, 'it is not counted as often as it is mentioned'
FROM (
    SELECT entity_id, name, mention_count AS uses FROM entity_names
    UNION ALL
    SELECT entity_id, substr(text, 1, 300), -count(*) FROM mentions GROUP BY entity_id, substr(text, 1, 300)
) AS counted
GROUP BY entity_id, name
HAVING sum(uses) <> 0 OR count(*) <> 2
