-- Of a field's candidates one is chosen where the article has the field, and none where it has not; the chosen
-- headline and day are the article's.
SELECT a.id AS article_id, e.field, count(CASE WHEN e.is_chosen THEN 1 END) AS chosen, 'one is chosen too many or too few' AS wrong
FROM evidence AS e
JOIN articles AS a ON a.id = e.article_id
GROUP BY a.id, e.field, a.headline, a.published_on
HAVING count(CASE WHEN e.is_chosen THEN 1 END) <> CASE
        WHEN e.field = 'headline' AND a.headline IS NULL THEN 0
        WHEN e.field = 'published_on' AND a.published_on IS NULL THEN 0
        WHEN e.field = 'authors'
            AND NOT EXISTS (SELECT 1 FROM article_authors AS signed WHERE signed.article_id = a.id) THEN 0
        ELSE 1
    END
UNION ALL
SELECT a.id, e.field, 1, 'the article has another headline'
FROM evidence AS e
JOIN articles AS a ON a.id = e.article_id
WHERE e.is_chosen AND e.field = 'headline' AND e.value <> a.headline
UNION ALL
SELECT a.id, e.field, 1, 'the article has another day, origin or confidence'
FROM evidence AS e
JOIN articles AS a ON a.id = e.article_id
WHERE e.is_chosen AND e.field = 'published_on'
    AND (
        substr(e.value, 1, 10) <> CAST(a.published_on AS text)
        OR e.origin IS DISTINCT FROM a.published_from
        OR abs(e.confidence - coalesce(a.published_confidence, -1)) > 0.001
    )
