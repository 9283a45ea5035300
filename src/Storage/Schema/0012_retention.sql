-- additive
-- Why a job stays that has expired. kind 0: its owner pinned it; 1: an operator holds it. jobs.pinned says that there is one of either.

CREATE TABLE actors.pins (
    tenant text        NOT NULL,
    job_id uuid        NOT NULL,
    kind   smallint    NOT NULL CHECK (kind BETWEEN 0 AND 1),
    reason text        CHECK (octet_length(reason) <= 65536),
    at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant, job_id, kind)
);

-- Jobs whose row is gone: what else they left is deleted later, a little at a time.
CREATE TABLE actors.discarded_jobs (
    tenant text        NOT NULL,
    job_id uuid        NOT NULL,
    at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant, job_id)
);

CREATE INDEX discarded_jobs_oldest ON actors.discarded_jobs (at);
