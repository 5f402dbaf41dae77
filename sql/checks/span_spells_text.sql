-- Every span lies within its article's text, and where the row repeats the words, they are those of the
-- text.
SELECT 'blocks' AS span_of, s.article_id, s.ordinal, s.start_char, s.end_char, NULL AS words,
    substr(a.text, s.start_char + 1, s.end_char - s.start_char) AS spelled
FROM blocks AS s
JOIN articles AS a ON a.id = s.article_id
WHERE s.end_char > length(a.text)
UNION ALL
SELECT 'mentions', s.article_id, s.ordinal, s.start_char, s.end_char, s.text,
    substr(a.text, s.start_char + 1, s.end_char - s.start_char)
FROM mentions AS s
JOIN articles AS a ON a.id = s.article_id
WHERE substr(a.text, s.start_char + 1, s.end_char - s.start_char) <> s.text
UNION ALL
SELECT 'times', s.article_id, s.ordinal, s.start_char, s.end_char, s.text,
    substr(a.text, s.start_char + 1, s.end_char - s.start_char)
FROM times AS s
JOIN articles AS a ON a.id = s.article_id
WHERE substr(a.text, s.start_char + 1, s.end_char - s.start_char) <> s.text
UNION ALL
SELECT 'quantities', s.article_id, s.ordinal, s.start_char, s.end_char, s.text,
    substr(a.text, s.start_char + 1, s.end_char - s.start_char)
FROM quantities AS s
JOIN articles AS a ON a.id = s.article_id
WHERE substr(a.text, s.start_char + 1, s.end_char - s.start_char) <> s.text
UNION ALL
SELECT 'claims.cue', s.article_id, s.ordinal, s.cue_start_char, s.cue_end_char, s.cue,
    substr(a.text, s.cue_start_char + 1, s.cue_end_char - s.cue_start_char)
FROM claims AS s
JOIN articles AS a ON a.id = s.article_id
WHERE substr(a.text, s.cue_start_char + 1, s.cue_end_char - s.cue_start_char) IS DISTINCT FROM s.cue
    OR (s.cue_start_char IS NULL) <> (s.cue_end_char IS NULL)
UNION ALL
SELECT 'claims.source_text', s.article_id, s.ordinal, s.source_start_char, s.source_end_char, s.source_text,
    substr(a.text, s.source_start_char + 1, s.source_end_char - s.source_start_char)
FROM claims AS s
JOIN articles AS a ON a.id = s.article_id
WHERE substr(a.text, s.source_start_char + 1, s.source_end_char - s.source_start_char)
        IS DISTINCT FROM s.source_text
    OR (s.source_start_char IS NULL) <> (s.source_end_char IS NULL)
UNION ALL
-- A claim's text is its pieces joined by " … ": each stands where the pieces before it leave off.
SELECT
    'claims.text, piece ' || CAST(s.ordinal AS text), s.article_id, s.claim_ordinal, s.start_char, s.end_char,
    substr(s.claim, s.place + 1, s.end_char - s.start_char), s.spelled
FROM (
    SELECT part.article_id, part.claim_ordinal, part.ordinal, part.start_char, part.end_char, c.text AS claim,
        substr(a.text, part.start_char + 1, part.end_char - part.start_char) AS spelled,
        CAST(
            sum(part.end_char - part.start_char + 3) OVER before_and_this
            - (part.end_char - part.start_char + 3) AS integer
        ) AS place,
        sum(part.end_char - part.start_char + 3) OVER all_pieces - 3 AS joined_length
    FROM claim_pieces AS part
    JOIN claims AS c ON c.article_id = part.article_id AND c.ordinal = part.claim_ordinal
    JOIN articles AS a ON a.id = part.article_id
    WINDOW before_and_this AS (PARTITION BY part.article_id, part.claim_ordinal ORDER BY part.ordinal),
        all_pieces AS (PARTITION BY part.article_id, part.claim_ordinal)
) AS s
WHERE substr(s.claim, s.place + 1, s.end_char - s.start_char) <> s.spelled
    OR (s.place > 0 AND substr(s.claim, s.place - 2, 3) <> ' … ')
    OR length(s.claim) <> s.joined_length
