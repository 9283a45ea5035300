-- $1 tenant, $2 question, $3 stems at most.
-- One row for each stem: the question as a whole, the stem as a query, and its weight, ln(1 + sections / sections with it).
WITH asked AS (
    SELECT websearch_to_tsquery('english', $2) AS strict
),
stems AS (
    -- Stems that the question excludes ("-draft") are not among those that must or may occur.
    SELECT asked.strict, word.lexeme, quote_literal(word.lexeme)::tsquery AS term
    FROM asked, unnest(to_tsvector('english', $2)) AS word
    WHERE NOT (asked.strict @@ to_tsvector('simple', '')) AND position('!' || quote_literal(word.lexeme) IN asked.strict::text) = 0
    ORDER BY word.positions[1]
    LIMIT $3
),
total AS (
    SELECT count(*) AS n FROM kb.sections WHERE tenant = $1
)
SELECT stems.strict::text, stems.term::text,
       ln(1 + (total.n + 0.5) / (0.5 + (SELECT count(*) FROM kb.sections AS s WHERE s.tenant = $1 AND s.search @@ stems.term)))::float8
FROM stems, total
