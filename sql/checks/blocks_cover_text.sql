-- An article's text is its blocks in order with a blank line between two: nothing stands before, between or
-- behind them.
SELECT article_id, ordinal, start_char, end_char,
    CASE WHEN before <> '' THEN 'the block before ends elsewhere' ELSE 'the text goes on behind the last block' END
    AS wrong
FROM (
    SELECT b.article_id, b.ordinal, b.start_char, b.end_char, length(a.text) AS text_length,
        CASE
            WHEN lag(b.end_char) OVER in_order IS NULL THEN substr(a.text, 1, b.start_char)
            WHEN b.start_char <> lag(b.end_char) OVER in_order + 2 THEN 'not two characters'
            ELSE replace(substr(a.text, b.start_char - 1, 2), '
', '')
        END AS before,
        lead(b.ordinal) OVER in_order IS NULL AS is_last
    FROM blocks AS b
    JOIN articles AS a ON a.id = b.article_id
    WINDOW in_order AS (PARTITION BY b.article_id ORDER BY b.ordinal)
) AS block
WHERE before <> '' OR (is_last AND end_char <> text_length)
UNION ALL
SELECT id, NULL, NULL, NULL, 'it has no blocks'
FROM articles
WHERE NOT EXISTS (SELECT 1 FROM blocks WHERE article_id = articles.id)
