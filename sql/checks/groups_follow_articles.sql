-- The counts and the first article of a story are those of its articles, of a group of claims those of the
-- articles that have one of them.
WITH told AS (
    SELECT a.story_id AS id, a.id AS article_id, a.publisher_id,
        row_number() OVER (
            PARTITION BY a.story_id
            ORDER BY a.published_on IS NULL, a.published_on, a.published_at IS NULL, a.published_at, a.id
        ) AS place
    FROM articles AS a
),
said AS (
    SELECT c.claim_group_id AS id, a.id AS article_id, a.publisher_id,
        row_number() OVER (
            PARTITION BY c.claim_group_id
            ORDER BY a.published_on IS NULL, a.published_on, a.published_at IS NULL, a.published_at, a.id
        ) AS place
    FROM claims AS c
    JOIN articles AS a ON a.id = c.article_id
    WHERE c.claim_group_id IS NOT NULL
)
SELECT 'stories' AS thing, CAST(s.id AS text) AS id,
    'its counts or its first article are not those of its articles' AS wrong
FROM stories AS s
LEFT JOIN (
    SELECT id, count(*) AS articles, count(DISTINCT publisher_id) AS publishers,
        min(CASE WHEN place = 1 THEN article_id END) AS first_article_id
    FROM told
    GROUP BY id
) AS counted ON counted.id = s.id
WHERE s.article_count IS DISTINCT FROM counted.articles OR s.publisher_count IS DISTINCT FROM counted.publishers
    OR s.first_article_id IS DISTINCT FROM counted.first_article_id
UNION ALL
SELECT 'claim_groups', CAST(g.id AS text), 'its counts or its first article are not those of its claims'
FROM claim_groups AS g
LEFT JOIN (
    SELECT id, count(*) AS claims, count(DISTINCT publisher_id) AS publishers,
        min(CASE WHEN place = 1 THEN article_id END) AS first_article_id
    FROM said
    GROUP BY id
) AS counted ON counted.id = g.id
WHERE g.claim_count IS DISTINCT FROM counted.claims OR g.publisher_count IS DISTINCT FROM counted.publishers
    OR g.first_article_id IS DISTINCT FROM counted.first_article_id
