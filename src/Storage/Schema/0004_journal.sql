-- A job's ordered record. kind holds the number of JournalKind. It is bounded per job, and goes with the job's row.

CREATE TABLE actors.journal (
    tenant text        NOT NULL,
    job_id uuid        NOT NULL,
    seq    bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    at     timestamptz NOT NULL,
    kind   smallint    NOT NULL CHECK (kind BETWEEN 0 AND 2),
    level  text,
    text   text,
    data   bytea,
    PRIMARY KEY (tenant, job_id, seq)
);
