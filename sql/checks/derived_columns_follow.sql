-- What is kept beside the rows follows from them: counts, first and last days, first articles, the names of an
-- entity and the one it is shown by, revisions. Nothing is kept that no article uses.
WITH seen AS (
    SELECT m.entity_id, count(DISTINCT m.article_id) AS articles, count(*) AS mentions,
        min(a.published_on) AS first_on, max(a.published_on) AS last_on
    FROM mentions AS m
    JOIN articles AS a ON a.id = m.article_id
    GROUP BY m.entity_id
),
told AS (
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
),
numbered AS (
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
SELECT 'entities' AS thing, CAST(e.id AS text) AS id, 'its counts or days are not those of its mentions' AS wrong
FROM entities AS e
LEFT JOIN seen ON seen.entity_id = e.id
WHERE e.article_count IS DISTINCT FROM seen.articles OR e.mention_count IS DISTINCT FROM seen.mentions
    OR e.first_seen_on IS DISTINCT FROM seen.first_on OR e.last_seen_on IS DISTINCT FROM seen.last_on
UNION ALL
SELECT 'entities', CAST(e.id AS text), 'no mention is of its kind'
FROM entities AS e
WHERE NOT EXISTS (SELECT 1 FROM mentions AS m WHERE m.entity_id = e.id AND m.kind = e.kind)
UNION ALL
-- Of names used as often and of one length any may be shown: databases see their order differently.
SELECT 'entities', CAST(e.id AS text), 'it is not shown by its full name that is used most'
FROM entities AS e
WHERE NOT EXISTS (
    SELECT 1
    FROM (
        SELECT n.entity_id, n.name,
            rank() OVER (
                PARTITION BY n.entity_id
                ORDER BY CASE WHEN named.kind = 'person' AND n.name NOT LIKE '% %' THEN 1 ELSE 0 END,
                    n.mention_count DESC, length(n.name) DESC
            ) AS place
        FROM entity_names AS n
        JOIN entities AS named ON named.id = n.entity_id
    ) AS best
    WHERE best.entity_id = e.id AND best.name = e.name AND best.place = 1
)
UNION ALL
SELECT 'entity_names', CAST(entity_id AS text) || ' ' || name, 'it is not counted as often as it is mentioned'
FROM (
    SELECT entity_id, name, mention_count AS uses FROM entity_names
    UNION ALL
    SELECT entity_id, substr(text, 1, 300), -count(*) FROM mentions GROUP BY entity_id, substr(text, 1, 300)
) AS counted
GROUP BY entity_id, name
HAVING sum(uses) <> 0 OR count(*) <> 2
UNION ALL
SELECT 'stories', CAST(s.id AS text), 'its counts or its first article are not those of its articles'
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
UNION ALL
SELECT 'articles', CAST(id AS text), 'its revision is not its place among the versions at its address'
FROM numbered
WHERE revision <> CASE WHEN url IS NULL THEN 1 ELSE place END
    OR is_latest <> (url IS NULL OR place = revisions)
UNION ALL
SELECT 'publishers', CAST(p.id AS text), 'no article is from it'
FROM publishers AS p
WHERE NOT EXISTS (SELECT 1 FROM articles AS a WHERE a.publisher_id = p.id)
UNION ALL
SELECT 'authors', CAST(w.id AS text), 'no article is signed by this name'
FROM authors AS w
WHERE NOT EXISTS (SELECT 1 FROM article_authors AS signed WHERE signed.author_id = w.id)
