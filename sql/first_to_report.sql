-- Who reported a thing first: the first dated article of each publisher that has the term, the earliest
-- first. Earlier versions of an article count too, for what stood there first; pages without a known
-- publisher are one row. Times are UTC; an article with a day alone stands after those of the day that have
-- a time.
-- :term (text, required) a word of the text, or a part of any name of somebody or something in it
-- :since (date, default null) first day of publication
SELECT published_on, published_at_utc, publisher, headline, is_copy, url, article_id
FROM (
    SELECT
        a.published_on, a.published_at, substr(CAST(a.published_at AS text), 1, 16) AS published_at_utc,
        coalesce(p.name, p.domain) AS publisher, a.headline,
        CASE WHEN s.first_article_id <> a.id THEN 'yes' ELSE 'no' END AS is_copy,
        a.url, a.id AS article_id,
        row_number() OVER (
            PARTITION BY a.publisher_id
            ORDER BY a.published_on, a.published_at NULLS LAST, a.revision, a.id
        ) AS place
    FROM articles AS a
    JOIN stories AS s ON s.id = a.story_id
    LEFT JOIN publishers AS p ON p.id = a.publisher_id
    WHERE a.published_on IS NOT NULL
        AND (
            lower(a.headline) LIKE '%' || lower(:term) || '%'
            OR lower(a.text) LIKE '%' || lower(:term) || '%'
            OR a.id IN (
                SELECT m.article_id FROM mentions AS m
                JOIN entity_names AS n ON n.entity_id = m.entity_id
                WHERE lower(n.name) LIKE '%' || lower(:term) || '%'
            )
        )
        AND (:since IS NULL OR a.published_on >= :since)
) AS reported
WHERE place = 1
ORDER BY published_on, published_at NULLS LAST, article_id
