-- The books balance: each run's with the ledger, and the ledger's with pages and articles. A version of an
-- article may come to stand on another page than the one it was first loaded from, so articles and loaded
-- records are compared by number, and each page that has an article needs a record that brought a text.
-- A rejected record that is tried again moves to the run that tries it, or is gone once its input could be read:
-- where there are other runs, books may hold more rejections than the ledger. They may always hold more that is
-- skipped: records that an earlier run has.
SELECT 'run' AS thing, CAST(r.id AS text) AS id, 'its books and the ledger differ' AS wrong
FROM runs AS r
LEFT JOIN records AS k ON k.run_id = r.id
GROUP BY r.id, r.loaded, r.duplicate, r.rejected, r.skipped
HAVING r.loaded <> count(CASE WHEN k.fate = 'loaded' THEN 1 END)
    OR r.duplicate <> count(CASE WHEN k.fate = 'duplicate' THEN 1 END)
    OR r.rejected < count(CASE WHEN k.fate = 'rejected' THEN 1 END)
    OR (
        r.rejected > count(CASE WHEN k.fate = 'rejected' THEN 1 END)
        AND NOT EXISTS (SELECT 1 FROM runs AS other WHERE other.id <> r.id)
    )
    OR r.skipped < count(CASE WHEN k.fate = 'skipped' THEN 1 END)
UNION ALL
SELECT 'record', CAST(source_id AS text) || ' ' || locator, fate || ' without a page'
FROM records
WHERE page_id IS NULL AND fate IN ('loaded', 'duplicate')
UNION ALL
SELECT 'page', CAST(p.id AS text), 'no record brought it'
FROM pages AS p
WHERE NOT EXISTS (
    SELECT 1 FROM records AS k
    WHERE k.page_id = p.id AND coalesce(k.reason, '') <> 'same_page'
        AND k.source_id = p.source_id AND k.locator = p.locator
)
UNION ALL
SELECT 'page', CAST(page_id AS text), 'more than one record brought it'
FROM records
WHERE page_id IS NOT NULL AND coalesce(reason, '') <> 'same_page'
GROUP BY page_id
HAVING count(*) > 1
UNION ALL
SELECT 'article', CAST(a.id AS text), 'no record brought it'
FROM articles AS a
WHERE NOT EXISTS (
    SELECT 1 FROM records AS k
    WHERE k.page_id = a.page_id AND (k.fate = 'loaded' OR k.reason = 'same_text')
)
UNION ALL
SELECT 'ledger', CAST(loaded AS text), 'records are loaded, but articles there are ' || CAST(articles AS text)
FROM (
    SELECT
        (SELECT count(*) FROM records WHERE fate = 'loaded') AS loaded,
        (SELECT count(*) FROM articles) AS articles
) AS totals
WHERE loaded <> articles
