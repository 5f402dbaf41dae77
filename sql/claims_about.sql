-- What was said about a thing, and by whom: statements that hold the term, or that name somebody or
-- something known by it in any spelling, the latest published first. Only the latest version of an article
-- counts; a story that others copied stands once, where it was first.
-- :term (text, required) a word or a part of a name
-- :since (date, default null) first day of publication
-- :until (date, default null) last day of publication
-- :limit (integer, default 100) rows at most
SELECT
    published_on, publisher, speaker, source_text, stance, claim, headline, url, article_id, start_char, end_char
FROM (
    SELECT
        a.published_on, a.published_at, coalesce(p.name, p.domain) AS publisher,
        coalesce(e.name, c.speaker_description) AS speaker, c.source_text,
        c.stance, c.text AS claim, a.headline, a.url, c.article_id, c.ordinal, c.start_char, c.end_char,
        rank() OVER (
            PARTITION BY a.story_id ORDER BY a.published_on NULLS LAST, a.published_at NULLS LAST, a.id
        ) AS copy
    FROM claims AS c
    JOIN articles AS a ON a.id = c.article_id
    LEFT JOIN publishers AS p ON p.id = a.publisher_id
    LEFT JOIN entities AS e ON e.id = c.speaker_id
    WHERE a.is_latest
        AND (
            lower(c.text) LIKE '%' || lower(:term) || '%'
            OR EXISTS (
                SELECT 1
                FROM claim_pieces AS part
                JOIN mentions AS m
                    ON m.article_id = part.article_id
                    AND m.start_char >= part.start_char AND m.end_char <= part.end_char
                WHERE part.article_id = c.article_id AND part.claim_ordinal = c.ordinal
                    AND m.entity_id IN (
                        SELECT n.entity_id FROM entity_names AS n
                        WHERE lower(n.name) LIKE '%' || lower(:term) || '%'
                    )
            )
        )
        AND (:since IS NULL OR a.published_on >= :since)
        AND (:until IS NULL OR a.published_on <= :until)
) AS said
WHERE copy = 1
ORDER BY published_on DESC NULLS LAST, published_at DESC NULLS LAST, article_id, start_char, ordinal
LIMIT :limit
