-- additive
-- Pieces of work that run once per job. A row is written in the transaction that moves its job's row on, and goes with that row.

CREATE TABLE actors.steps (
    tenant text        NOT NULL,
    job_id uuid        NOT NULL,
    name   text        NOT NULL CHECK (length(name) BETWEEN 1 AND 256),
    seq    integer     NOT NULL,
    -- The type that the result was stored as, in the words of StepShape.
    shape  text        NOT NULL CHECK (octet_length(shape) <= 65536),
    result bytea       NOT NULL CHECK (octet_length(result) <= 67108864),
    at     timestamptz NOT NULL,
    PRIMARY KEY (tenant, job_id, name)
);

-- What a job's total time limit does not count.
ALTER TABLE actors.jobs
    ADD COLUMN waited_ms     bigint NOT NULL DEFAULT 0,
    ADD COLUMN waiting_since timestamptz;

DO $$
BEGIN
    IF (SELECT 'lz4' = ANY (enumvals) FROM pg_settings WHERE name = 'default_toast_compression') THEN
        ALTER TABLE actors.steps ALTER COLUMN result SET COMPRESSION lz4;
    END IF;
END
$$;
