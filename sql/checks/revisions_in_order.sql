-- The versions at an address are numbered in the order in which they came to be; the last one is the latest.
WITH numbered AS (
    SELECT a.id, a.url, a.revision, a.is_latest,
        row_number() OVER (
            PARTITION BY a.url
            ORDER BY coalesce(a.modified_at, a.published_at, p.captured_at) IS NULL,
                coalesce(a.modified_at, a.published_at, p.captured_at),
                p.captured_at IS NULL, p.captured_at, a.id
        ) AS place,
        count(*) OVER (PARTITION BY a.url) AS revisions
    FROM articles AS a
    JOIN pages AS p ON p.id = a.page_id
)
SELECT id AS article_id, revision, is_latest, place, revisions
FROM numbered
WHERE revision <> CASE WHEN url IS NULL THEN 1 ELSE place END
    OR is_latest <> (url IS NULL OR place = revisions)
