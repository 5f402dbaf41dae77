-- How the speakers of a publisher's claims were found: for each rule how many claims it gave a speaker, how
-- many of these go by a name and how many by a description only, their share of all claims (0..1), and how
-- sure the rule is of them. A row without a rule counts the claims of which nobody is known to speak. Every
-- stored version counts, for each was read by itself.
-- :publisher (text, default null) a part of the publisher's name or domain
SELECT
    c.speaker_from AS rule, count(*) AS claims, count(c.speaker_id) AS named,
    sum(CASE WHEN c.speaker_id IS NULL AND c.speaker_description IS NOT NULL THEN 1 ELSE 0 END) AS described,
    CAST(round(count(*) * 1.0 / sum(count(*)) OVER (), 4) AS double precision) AS share,
    CAST(round(CAST(avg(c.speaker_confidence) AS numeric), 4) AS double precision) AS mean_confidence,
    min(c.speaker_confidence) AS lowest_confidence, max(c.speaker_confidence) AS highest_confidence
FROM claims AS c
JOIN articles AS a ON a.id = c.article_id
LEFT JOIN publishers AS p ON p.id = a.publisher_id
WHERE :publisher IS NULL
    OR lower(p.name) LIKE '%' || lower(:publisher) || '%'
    OR lower(p.domain) LIKE '%' || lower(:publisher) || '%'
GROUP BY c.speaker_from
ORDER BY claims DESC, rule NULLS LAST
