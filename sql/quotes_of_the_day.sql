-- What was said in quotation marks on a day, the most reported first: said on it or, where the article does
-- not tell when, published on it. The same words stand once, under the article that had them first;
-- times_reported counts every latest version of an article that has them, copies as well.
-- :day (date, required) the day
-- :limit (integer, default 50) rows at most
SELECT
    speaker, role, source_text, quote, times_reported, publisher, published_on,
    headline, url, article_id, start_char, end_char
FROM (
    SELECT
        coalesce(e.name, c.speaker_description) AS speaker, c.source_text, c.speaker_role AS role,
        c.text AS quote, coalesce(p.name, p.domain) AS publisher,
        a.published_on, a.published_at, a.headline, a.url, c.article_id, c.ordinal, c.start_char, c.end_char,
        count(*) OVER (
            PARTITION BY
                c.claim_group_id, CASE WHEN c.claim_group_id IS NULL THEN c.article_id END,
                CASE WHEN c.claim_group_id IS NULL THEN c.ordinal END
        ) AS times_reported,
        row_number() OVER (
            PARTITION BY
                c.claim_group_id, CASE WHEN c.claim_group_id IS NULL THEN c.article_id END,
                CASE WHEN c.claim_group_id IS NULL THEN c.ordinal END
            ORDER BY a.published_on NULLS LAST, a.published_at NULLS LAST, a.id, c.ordinal
        ) AS report
    FROM claims AS c
    JOIN articles AS a ON a.id = c.article_id
    LEFT JOIN publishers AS p ON p.id = a.publisher_id
    LEFT JOIN entities AS e ON e.id = c.speaker_id
    WHERE a.is_latest
        AND c.kind IN ('direct', 'mixed')
        AND coalesce(c.said_from_on, a.published_on) <= :day
        AND coalesce(c.said_to_on, c.said_from_on, a.published_on) >= :day
) AS said
WHERE report = 1
ORDER BY times_reported DESC, published_on NULLS LAST, published_at NULLS LAST,
    article_id, start_char, ordinal
LIMIT :limit
