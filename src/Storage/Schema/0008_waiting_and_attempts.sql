-- What a job needs to wait in line, to be tried again, and to wait for an answer for days.
-- A job without a silo waits; one with a silo runs, or is about to.

ALTER TABLE actors.jobs
    -- While queued: the earliest start, and the order among those of one priority.
    ADD COLUMN run_at             timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN attempt_started_at timestamptz,
    ADD COLUMN input_expires_at   timestamptz,
    -- Attempts that ended without ending the job, in the format of AttemptFormat.
    ADD COLUMN attempts           bytea CHECK (octet_length(attempts) <= 1048576),
    -- What few jobs have, in the format of OptionsFormat; never changed.
    ADD COLUMN options            bytea CHECK (octet_length(options) <= 1048576),
    -- Set by statements of its own, never with the rest of the row.
    ADD COLUMN pinned             boolean NOT NULL DEFAULT false;

-- The line: a lane for each tenant, principal, tool and priority, and in it the earliest start first.
CREATE INDEX jobs_waiting ON actors.jobs (tenant, issuer, subject, tool, (-priority), run_at, id) WHERE silo IS NULL AND status = 0;

-- Who has which jobs: for recovery, and to count what runs against the limits.
DROP INDEX actors.jobs_active;
CREATE INDEX jobs_owned ON actors.jobs (silo, epoch, status, tenant, issuer, subject, tool) WHERE silo IS NOT NULL AND status < 3;

-- Jobs that their silo let go of in the middle (1), and those that are parked until they are answered (2).
CREATE INDEX jobs_let_go ON actors.jobs (status, tenant, id) WHERE silo IS NULL AND status IN (1, 2);

-- Whose turn it is. Every start moves its tenant's and its principal's pass on, by less for a greater weight; who has the lowest is next.
-- The row without a tenant holds the time that tenants' passes are measured against, a tenant's row that of its principals: who comes
-- back after a while begins there, and has saved nothing up.
CREATE TABLE actors.queue_turns (
    tenant     text             NOT NULL,
    issuer     text             NOT NULL,
    subject    text             NOT NULL,
    pass       double precision NOT NULL,
    clock      double precision NOT NULL,
    -- Starts a second, of late.
    rate       double precision NOT NULL,
    updated_at timestamptz      NOT NULL,
    PRIMARY KEY (tenant, issuer, subject)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);
