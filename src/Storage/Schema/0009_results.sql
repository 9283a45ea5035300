-- additive
-- Results that are too large for their job's row: the whole CallToolResult, cut into chunks, of one attempt. It is the job's where the job
-- has completed with that attempt. All of it goes with the job's row.

CREATE TABLE actors.results (
    tenant      text        NOT NULL,
    job_id      uuid        NOT NULL,
    attempt     integer     NOT NULL,
    size        bigint      NOT NULL CHECK (size > 0),
    chunk_bytes integer     NOT NULL CHECK (chunk_bytes BETWEEN 1 AND 16777216),
    sha256      bytea       NOT NULL CHECK (octet_length(sha256) = 32),
    at          timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant, job_id, attempt)
);

CREATE TABLE actors.result_chunks (
    tenant  text    NOT NULL,
    job_id  uuid    NOT NULL,
    attempt integer NOT NULL,
    n       integer NOT NULL CHECK (n >= 0),
    data    bytea   NOT NULL CHECK (octet_length(data) <= 16777216),
    PRIMARY KEY (tenant, job_id, attempt, n)
);

DO $$
BEGIN
    IF (SELECT 'lz4' = ANY (enumvals) FROM pg_settings WHERE name = 'default_toast_compression') THEN
        ALTER TABLE actors.result_chunks ALTER COLUMN data SET COMPRESSION lz4;
    END IF;
END
$$;
