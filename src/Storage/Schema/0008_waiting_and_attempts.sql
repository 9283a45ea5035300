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
