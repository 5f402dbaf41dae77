-- Nothing points to a row that is not there: neither by a foreign key nor by the columns that have none
-- (stories.first_article_id, claim_groups.first_article_id).
SELECT pointer, row_id, part, parent_id
FROM (
    SELECT 'pages.source_id' AS pointer, id AS row_id, CAST(NULL AS text) AS part, source_id AS parent_id
    FROM pages
    UNION ALL
    SELECT 'records.source_id', source_id, locator, source_id FROM records
) AS child
WHERE NOT EXISTS (SELECT 1 FROM sources AS parent WHERE parent.id = parent_id)
UNION ALL
SELECT 'records.run_id', source_id, locator, run_id
FROM records AS child
WHERE NOT EXISTS (SELECT 1 FROM runs AS parent WHERE parent.id = child.run_id)
UNION ALL
SELECT pointer, row_id, part, parent_id
FROM (
    SELECT 'records.page_id' AS pointer, source_id AS row_id, locator AS part, page_id AS parent_id
    FROM records
    UNION ALL
    SELECT 'articles.page_id', id, CAST(NULL AS text), page_id FROM articles
) AS child
WHERE parent_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM pages AS parent WHERE parent.id = parent_id)
UNION ALL
SELECT 'articles.publisher_id', id, CAST(NULL AS text), publisher_id
FROM articles AS child
WHERE publisher_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM publishers AS parent WHERE parent.id = child.publisher_id)
UNION ALL
SELECT 'articles.story_id', id, CAST(NULL AS text), story_id
FROM articles AS child
WHERE NOT EXISTS (SELECT 1 FROM stories AS parent WHERE parent.id = child.story_id)
UNION ALL
SELECT pointer, row_id, part, parent_id
FROM (
    SELECT
        'blocks.article_id' AS pointer, article_id AS row_id, CAST(ordinal AS text) AS part,
        article_id AS parent_id
    FROM blocks
    UNION ALL
    SELECT 'article_authors.article_id', article_id, CAST(ordinal AS text), article_id FROM article_authors
    UNION ALL
    SELECT 'evidence.article_id', article_id, CAST(ordinal AS text), article_id FROM evidence
    UNION ALL
    SELECT 'mentions.article_id', article_id, CAST(ordinal AS text), article_id FROM mentions
    UNION ALL
    SELECT 'claims.article_id', article_id, CAST(ordinal AS text), article_id FROM claims
    UNION ALL
    SELECT 'times.article_id', article_id, CAST(ordinal AS text), article_id FROM times
    UNION ALL
    SELECT 'quantities.article_id', article_id, CAST(ordinal AS text), article_id FROM quantities
    UNION ALL
    SELECT 'stories.first_article_id', id, CAST(NULL AS text), first_article_id FROM stories
    UNION ALL
    SELECT 'claim_groups.first_article_id', id, CAST(NULL AS text), first_article_id FROM claim_groups
) AS child
WHERE parent_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM articles AS parent WHERE parent.id = parent_id)
UNION ALL
SELECT 'article_authors.author_id', article_id, CAST(ordinal AS text), author_id
FROM article_authors AS child
WHERE NOT EXISTS (SELECT 1 FROM authors AS parent WHERE parent.id = child.author_id)
UNION ALL
SELECT pointer, row_id, part, parent_id
FROM (
    SELECT 'entity_names.entity_id' AS pointer, entity_id AS row_id, name AS part, entity_id AS parent_id
    FROM entity_names
    UNION ALL
    SELECT 'mentions.entity_id', article_id, CAST(ordinal AS text), entity_id FROM mentions
    UNION ALL
    SELECT 'claims.speaker_id', article_id, CAST(ordinal AS text), speaker_id FROM claims
    UNION ALL
    SELECT 'claims.reported_by_id', article_id, CAST(ordinal AS text), reported_by_id FROM claims
) AS child
WHERE parent_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM entities AS parent WHERE parent.id = parent_id)
UNION ALL
SELECT 'claims.claim_group_id', article_id, CAST(ordinal AS text), claim_group_id
FROM claims AS child
WHERE claim_group_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM claim_groups AS parent WHERE parent.id = child.claim_group_id)
UNION ALL
SELECT 'claim_pieces.claim_ordinal', article_id, CAST(ordinal AS text), claim_ordinal
FROM claim_pieces AS child
WHERE NOT EXISTS (
    SELECT 1 FROM claims AS parent
    WHERE parent.article_id = child.article_id AND parent.ordinal = child.claim_ordinal
)
