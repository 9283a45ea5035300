-- What the attempts of chaos jobs did, as a store outside of the server sees it. The attempt's number is the fencing token.

CREATE SCHEMA IF NOT EXISTS chaos;

-- The highest attempt of a job that has written.
CREATE TABLE IF NOT EXISTS chaos.fences (
    tenant  text    NOT NULL,
    job     text    NOT NULL,
    attempt integer NOT NULL,
    PRIMARY KEY (tenant, job)
);

CREATE TABLE IF NOT EXISTS chaos.effects (
    seq     bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    tenant  text        NOT NULL,
    job     text        NOT NULL,
    attempt integer     NOT NULL,
    kind    text        NOT NULL,
    step    integer     NOT NULL,
    note    text        NOT NULL,
    -- Said again by a client that did not hear the answer: the same key, one effect.
    said    uuid        NOT NULL UNIQUE,
    refused boolean     NOT NULL,
    -- A moment, not after at, when the job's row had an owner and this attempt ran; null: it was not so. A job that is claimed for its next
    -- attempt has an owner too, and the number of the one before: it is queued.
    held_at timestamptz,
    -- What a job and those that try it again by hand have in common, and no other has.
    family  text        NOT NULL
);

-- Whether the attempt may still write. The row lock of the fence puts the effects of one job in one order.
CREATE OR REPLACE FUNCTION chaos.write_effect(
    of_tenant text, of_job text, of_attempt integer, of_kind text, of_step integer, of_note text, as_said uuid, of_family text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    newest integer;
    before timestamptz;
    is_held boolean;
    is_refused boolean;
BEGIN
    INSERT INTO chaos.fences AS fence (tenant, job, attempt) VALUES (of_tenant, of_job, of_attempt)
    ON CONFLICT (tenant, job) DO UPDATE SET attempt = greatest(fence.attempt, of_attempt)
    RETURNING attempt INTO newest;
    -- A statement of its own: what it sees is not older than its beginning, and is over before the effect has its time.
    before := clock_timestamp();
    SELECT EXISTS (
        SELECT FROM actors.jobs
        WHERE tenant = of_tenant AND id = of_job::uuid AND attempt = of_attempt AND silo IS NOT NULL AND status IN (1, 2)) INTO is_held;
    INSERT INTO chaos.effects (tenant, job, attempt, kind, step, note, said, refused, held_at, family)
    VALUES (of_tenant, of_job, of_attempt, of_kind, of_step, of_note, as_said, newest > of_attempt, CASE WHEN is_held THEN before END, of_family)
    ON CONFLICT (said) DO NOTHING;
    SELECT refused INTO is_refused FROM chaos.effects WHERE said = as_said;
    RETURN NOT is_refused;
END
$$;
