-- How much each publisher wrote, of everything or of one thing: articles, how many of them are copies of a
-- story that another article had before, statements and speakers; the most articles first. Only the latest
-- version of an article counts; pages without a known publisher are one row.
-- :term (text, default null) a word of the text, or a part of any name of somebody or something in it
-- :since (date, default null) first day of publication
-- :until (date, default null) last day of publication
SELECT
    coalesce(p.name, p.domain) AS publisher, count(DISTINCT a.id) AS articles,
    count(DISTINCT CASE WHEN a.copy > 1 THEN a.id END) AS copies,
    count(c.ordinal) AS claims, count(DISTINCT c.speaker_id) AS speakers,
    min(a.published_on) AS first_on, max(a.published_on) AS last_on
FROM (
    SELECT
        id, publisher_id, published_on,
        rank() OVER (
            PARTITION BY story_id ORDER BY published_on NULLS LAST, published_at NULLS LAST, id
        ) AS copy
    FROM articles
    WHERE is_latest
        AND (
            :term IS NULL
            OR lower(headline) LIKE '%' || lower(:term) || '%'
            OR lower(text) LIKE '%' || lower(:term) || '%'
            OR id IN (
                SELECT m.article_id FROM mentions AS m
                JOIN entity_names AS n ON n.entity_id = m.entity_id
                WHERE lower(n.name) LIKE '%' || lower(:term) || '%'
            )
        )
        AND (:since IS NULL OR published_on >= :since)
        AND (:until IS NULL OR published_on <= :until)
) AS a
LEFT JOIN publishers AS p ON p.id = a.publisher_id
LEFT JOIN claims AS c ON c.article_id = a.id
GROUP BY p.id, p.name, p.domain
ORDER BY articles DESC, p.id NULLS LAST
