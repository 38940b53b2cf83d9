-- As question.sql, but DuckDB finds out by itself what the payload's columns are, as it does unless told.
SELECT key, code, pattern, count(*)::INTEGER AS issues, count(DISTINCT record)::INTEGER AS records
FROM (
    SELECT record, key, issue.code AS code,
        CASE WHEN len(issue.path) = 0 THEN '(root)' ELSE ltrim(list_aggregate(list_transform(
            -- A column of JSON where there are both names and numbers.
            list_transform(issue.path, lambda step: step ->> '$'), lambda step:
            CASE WHEN regexp_full_match(step, '0|[1-9][0-9]{0,17}') THEN '[*]'
                 WHEN regexp_full_match(step, '[A-Za-z_$][A-Za-z0-9_$]*') THEN '.' || step
                 ELSE '[' || to_json(step) || ']' END), 'string_agg', ''), '.') END AS pattern
    FROM (
        SELECT record, error.key AS key, unnest(error.errors) AS issue
        FROM (
            SELECT collection_id || '/' || record_id AS record, unnest(errors) AS error
            FROM read_ndjson(getvariable('payload'))
        )
    )
)
GROUP BY ALL
