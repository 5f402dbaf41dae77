-- How much each named speaker said and in what manner: their statements counted, the most quoted first.
-- Only the latest version of an article counts; a story that others copied counts once, where it was first.
-- :speaker (text, default null) a part of any name the speaker goes by
-- :since (date, default null) first day of publication
-- :until (date, default null) last day of publication
-- :limit (integer, default 50) rows at most
SELECT
    speaker, speaker_kind, count(*) AS claims,
    sum(CASE WHEN kind = 'indirect' THEN 0 ELSE 1 END) AS with_quotation,
    sum(CASE WHEN stance = 'denial' THEN 1 ELSE 0 END) AS denials,
    sum(CASE WHEN stance = 'accusation' THEN 1 ELSE 0 END) AS accusations,
    sum(CASE WHEN stance = 'demand' THEN 1 ELSE 0 END) AS demands,
    sum(CASE WHEN stance = 'promise' THEN 1 ELSE 0 END) AS promises,
    count(DISTINCT article_id) AS articles, count(DISTINCT publisher_id) AS publishers,
    min(published_on) AS first_on, max(published_on) AS last_on, speaker_id
FROM (
    SELECT
        e.name AS speaker, e.kind AS speaker_kind, c.speaker_id, c.kind, c.stance, c.article_id,
        a.publisher_id, a.published_on,
        rank() OVER (
            PARTITION BY a.story_id ORDER BY a.published_on NULLS LAST, a.published_at NULLS LAST, a.id
        ) AS copy
    FROM claims AS c
    JOIN articles AS a ON a.id = c.article_id
    JOIN entities AS e ON e.id = c.speaker_id
    WHERE a.is_latest
        AND (
            :speaker IS NULL
            OR c.speaker_id IN (
                SELECT n.entity_id FROM entity_names AS n
                WHERE lower(n.name) LIKE '%' || lower(:speaker) || '%'
            )
        )
        AND (:since IS NULL OR a.published_on >= :since)
        AND (:until IS NULL OR a.published_on <= :until)
) AS said
WHERE copy = 1
GROUP BY speaker_id, speaker, speaker_kind
ORDER BY claims DESC, speaker_id
LIMIT :limit
