-- $1 tenant, $2 question, $3 strict query, $4 filter, $5 stems, $6 their weights, $7 limit, $8 headline options.
WITH matching AS (
    SELECT s.path, s.ordinal, s.heading, s.body, s.search, d.title, d.family, d.edition, d.modified_at
    FROM kb.sections AS s JOIN kb.documents AS d ON d.tenant = s.tenant AND d.path = s.path
    WHERE s.tenant = $1 AND s.search @@ $4::tsquery
),
scored AS (
    SELECT m.*,
           -- A stem in the title counts for every section alike; the section itself is ranked by the rest, for its length.
           (SELECT sum(stem.weight * (ts_rank('{0.2, 0.4, 0.8, 0}', m.search, stem.term::tsquery, 1)
                                      + CASE WHEN m.search @@ (stem.term || ':A')::tsquery THEN 0.1 ELSE 0 END))
            FROM unnest($5::text[], $6::float8[]) AS stem (term, weight))
           -- All words near each other count once more.
           + ts_rank_cd('{0.2, 0.4, 0.8, 0.4}', m.search, $3::tsquery, 1 | 32) AS score
    FROM matching AS m
),
sections AS (
    SELECT *, row_number() OVER (PARTITION BY path ORDER BY score DESC, ordinal) AS nth
    FROM scored
),
-- Of the editions of a document one is shown: the one that the question names, or else the newest.
editions AS (
    SELECT *, row_number() OVER (
                  PARTITION BY family
                  ORDER BY edition <> '' AND position(edition IN $2) > 0 DESC, edition = 'draft', edition DESC) AS age
    FROM sections
    WHERE nth = 1
),
shown AS (
    SELECT s.*
    FROM sections AS s JOIN editions AS e ON e.path = s.path
    WHERE e.age = 1
    ORDER BY s.nth > 1, s.score DESC, s.path
    LIMIT $7
)
SELECT shown.path, shown.title, shown.heading, ts_headline('english', shown.body, $4::tsquery, $8), shown.score, shown.modified_at,
       ARRAY (SELECT e.path FROM editions AS e WHERE e.family = shown.family AND e.age > 1 ORDER BY e.age)
FROM shown
ORDER BY shown.nth > 1, shown.score DESC, shown.path
