-- Every claim has pieces; these lie in order within the article's text, and the claim's span encloses them
-- exactly. Who said it, and who reported that, is mentioned there.
SELECT c.article_id, c.ordinal, c.start_char, c.end_char, 'it has no pieces' AS wrong
FROM claims AS c
WHERE NOT EXISTS (
    SELECT 1 FROM claim_pieces AS part WHERE part.article_id = c.article_id AND part.claim_ordinal = c.ordinal
)
UNION ALL
SELECT c.article_id, c.ordinal, c.start_char, c.end_char, 'its pieces begin or end elsewhere'
FROM claims AS c
JOIN claim_pieces AS part ON part.article_id = c.article_id AND part.claim_ordinal = c.ordinal
GROUP BY c.article_id, c.ordinal, c.start_char, c.end_char
HAVING min(part.start_char) <> c.start_char OR max(part.end_char) <> c.end_char
UNION ALL
SELECT c.article_id, c.ordinal, c.start_char, c.end_char, 'it ends after the text'
FROM claims AS c
JOIN articles AS a ON a.id = c.article_id
WHERE c.end_char > length(a.text)
UNION ALL
SELECT later.article_id, later.claim_ordinal, later.start_char, later.end_char,
    'its pieces overlap or are out of order'
FROM claim_pieces AS later
JOIN claim_pieces AS earlier
    ON earlier.article_id = later.article_id AND earlier.claim_ordinal = later.claim_ordinal
    AND earlier.ordinal < later.ordinal
WHERE earlier.end_char > later.start_char
UNION ALL
SELECT c.article_id, c.ordinal, c.start_char, c.end_char, 'its speaker or reporter is not mentioned'
FROM claims AS c
WHERE (
    c.speaker_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM mentions AS m WHERE m.entity_id = c.speaker_id AND m.article_id = c.article_id
    )
) OR (
    c.reported_by_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM mentions AS m WHERE m.entity_id = c.reported_by_id AND m.article_id = c.article_id
    )
)
