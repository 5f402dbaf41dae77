-- Which numbers were said, by whom and of what: the numbers that stand in statements, the latest published
-- first. Only the latest version of an article counts; a story that others copied stands once, where it was
-- first. A number in a statement within a statement is given once, with the inner one.
-- :about (text, default null) a part of what is counted, of the unit, or of the statement
-- :speaker (text, default null) a part of any name the speaker goes by
-- :since (date, default null) first day of publication
-- :until (date, default null) last day of publication
-- :limit (integer, default 100) rows at most
SELECT
    published_on, publisher, speaker, source_text, number, modifier, value, unit, counted, claim,
    headline, url, article_id, start_char, end_char
FROM (
    SELECT
        a.published_on, a.published_at, coalesce(p.name, p.domain) AS publisher,
        coalesce(e.name, c.speaker_description) AS speaker, c.source_text,
        q.text AS number, q.modifier, q.value, q.unit, q.counted, c.text AS claim,
        a.headline, a.url, q.article_id, q.start_char, q.end_char,
        row_number() OVER (
            PARTITION BY q.article_id, q.ordinal ORDER BY c.end_char - c.start_char, c.ordinal
        ) AS nesting,
        rank() OVER (
            PARTITION BY a.story_id ORDER BY a.published_on NULLS LAST, a.published_at NULLS LAST, a.id
        ) AS copy
    FROM quantities AS q
    JOIN claim_pieces AS part
        ON part.article_id = q.article_id
        AND q.start_char >= part.start_char AND q.end_char <= part.end_char
    JOIN claims AS c ON c.article_id = part.article_id AND c.ordinal = part.claim_ordinal
    JOIN articles AS a ON a.id = q.article_id
    LEFT JOIN publishers AS p ON p.id = a.publisher_id
    LEFT JOIN entities AS e ON e.id = c.speaker_id
    WHERE a.is_latest
        AND (
            :about IS NULL
            OR lower(q.counted) LIKE '%' || lower(:about) || '%'
            OR lower(q.unit) LIKE '%' || lower(:about) || '%'
            OR lower(c.text) LIKE '%' || lower(:about) || '%'
        )
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
WHERE nesting = 1 AND copy = 1
ORDER BY published_on DESC NULLS LAST, published_at DESC NULLS LAST, article_id, start_char
LIMIT :limit
