-- No article was published more than a day after its page was captured. The day's number is counted from
-- its digits, for the databases do not share a way to add a day to a date; the formula (367y - 7(y + (m +
-- 9) / 12) / 4 + 275m / 9 + d, whole divisions) holds from March 1900 to February 2100.
WITH days AS (
    SELECT a.id, p.captured_at, a.published_on, a.published_at,
        CAST(substr(CAST(p.captured_at AS text), 1, 4) AS integer) AS captured_year,
        CAST(substr(CAST(p.captured_at AS text), 6, 2) AS integer) AS captured_month,
        CAST(substr(CAST(p.captured_at AS text), 9, 2) AS integer) AS captured_day,
        CAST(substr(latest, 1, 4) AS integer) AS published_year,
        CAST(substr(latest, 6, 2) AS integer) AS published_month,
        CAST(substr(latest, 9, 2) AS integer) AS published_day
    FROM (
        SELECT id, page_id, published_on, published_at, CAST(published_on AS text) AS latest FROM articles
        UNION ALL
        SELECT id, page_id, published_on, published_at, substr(CAST(published_at AS text), 1, 10)
        FROM articles
    ) AS a
    JOIN pages AS p ON p.id = a.page_id
    WHERE latest > substr(CAST(p.captured_at AS text), 1, 10)
)
SELECT DISTINCT id AS article_id, captured_at, published_on, published_at
FROM days
WHERE 367 * published_year - 7 * (published_year + (published_month + 9) / 12) / 4
        + 275 * published_month / 9 + published_day
    > 367 * captured_year - 7 * (captured_year + (captured_month + 9) / 12) / 4
        + 275 * captured_month / 9 + captured_day + 1
