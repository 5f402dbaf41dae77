-- Publishers and authors are kept for articles: none stands alone.
SELECT 'publishers' AS thing, CAST(p.id AS text) AS id, 'no article is from it' AS wrong
FROM publishers AS p
WHERE NOT EXISTS (SELECT 1 FROM articles AS a WHERE a.publisher_id = p.id)
UNION ALL
SELECT 'authors', CAST(w.id AS text), 'no article is signed by this name'
FROM authors AS w
WHERE NOT EXISTS (SELECT 1 FROM article_authors AS signed WHERE signed.author_id = w.id)
