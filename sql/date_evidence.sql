-- How a publisher's dates were found and how sure they are: for each place that gave a candidate for the
-- day of publication, in how many articles it did, in how many it was the one taken over, in how many it
-- names the day that was taken over, and how sure it was. A row without an origin counts the articles that
-- show no date at all; `undated` are those whose candidates were too weak to be believed. Every stored
-- version counts, for each was read by itself.
-- :publisher (text, default null) a part of the publisher's name or domain
SELECT
    coalesce(p.name, p.domain) AS publisher, d.origin, count(DISTINCT a.id) AS articles,
    count(DISTINCT CASE WHEN d.is_chosen THEN a.id END) AS chosen,
    count(DISTINCT CASE WHEN substr(d.value, 1, 10) = CAST(a.published_on AS text) THEN a.id END) AS agreeing,
    count(DISTINCT CASE WHEN a.published_on IS NULL THEN a.id END) AS undated,
    min(d.confidence) AS lowest_confidence, max(d.confidence) AS highest_confidence,
    min(a.published_on) AS first_on, max(a.published_on) AS last_on
FROM articles AS a
LEFT JOIN publishers AS p ON p.id = a.publisher_id
LEFT JOIN evidence AS d ON d.article_id = a.id AND d.field = 'published_on'
WHERE :publisher IS NULL
    OR lower(p.name) LIKE '%' || lower(:publisher) || '%'
    OR lower(p.domain) LIKE '%' || lower(:publisher) || '%'
GROUP BY p.id, p.name, p.domain, d.origin
ORDER BY p.id NULLS LAST, chosen DESC, articles DESC, highest_confidence DESC NULLS LAST, d.origin
