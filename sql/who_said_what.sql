-- Who said what, when and where: every statement with its speaker, the latest published first. Only the
-- latest version of an article counts; a story that others copied stands once, where it was first.
-- The speaker is a person or thing, or the description that the article gives; empty where "they" could be
-- anyone. source_text is what stands in the article.
-- :speaker (text, default null) a part of any name the speaker goes by, or of a description ("officials")
-- :since (date, default null) first day of publication
-- :until (date, default null) last day of publication
-- :limit (integer, default 100) rows at most
SELECT
    published_on, publisher, speaker, role, source_text, stance, kind, claim, said_from_on, said_to_on,
    reported_by, headline, url, article_id, start_char, end_char
FROM (
    SELECT
        a.published_on, a.published_at, coalesce(p.name, p.domain) AS publisher,
        coalesce(e.name, c.speaker_description) AS speaker, c.source_text, c.speaker_role AS role,
        c.stance, c.kind, c.text AS claim, c.said_from_on, c.said_to_on, r.name AS reported_by,
        a.headline, a.url, c.article_id, c.ordinal, c.start_char, c.end_char,
        rank() OVER (
            PARTITION BY a.story_id ORDER BY a.published_on NULLS LAST, a.published_at NULLS LAST, a.id
        ) AS copy
    FROM claims AS c
    JOIN articles AS a ON a.id = c.article_id
    LEFT JOIN publishers AS p ON p.id = a.publisher_id
    LEFT JOIN entities AS e ON e.id = c.speaker_id
    LEFT JOIN entities AS r ON r.id = c.reported_by_id
    WHERE a.is_latest
        AND (
            :speaker IS NULL
            OR lower(c.speaker_description) LIKE '%' || lower(:speaker) || '%'
            OR c.speaker_id IN (
                SELECT n.entity_id FROM entity_names AS n
                WHERE lower(n.name) LIKE '%' || lower(:speaker) || '%'
            )
        )
        AND (:since IS NULL OR a.published_on >= :since)
        AND (:until IS NULL OR a.published_on <= :until)
) AS said
WHERE copy = 1
ORDER BY published_on DESC NULLS LAST, published_at DESC NULLS LAST, article_id, start_char, ordinal
LIMIT :limit
