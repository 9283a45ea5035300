-- additive
-- Recurring jobs. due_at is the next due time; look_at, when a silo looks at it. starting is set, durably, before the job of that due
-- time is created, and cleared after: whoever finds it goes on there, and makes the same job, whose id follows from seed and due time.

CREATE TABLE actors.schedules (
    tenant         text        NOT NULL,
    id             uuid        NOT NULL,
    issuer         text        NOT NULL,
    subject        text        NOT NULL,
    client         text        NOT NULL,
    name           text        NOT NULL CHECK (length(name) BETWEEN 1 AND 64),
    tool           text        NOT NULL CHECK (length(tool) BETWEEN 1 AND 512),
    params         bytea       NOT NULL CHECK (octet_length(params) <= 67108864),
    cron           text        NOT NULL CHECK (length(cron) BETWEEN 1 AND 200),
    time_zone      text        NOT NULL CHECK (length(time_zone) BETWEEN 1 AND 64),
    -- The numbers of CatchUp.
    catch_up       smallint    NOT NULL CHECK (catch_up BETWEEN 0 AND 2),
    seed           bytea       NOT NULL CHECK (octet_length(seed) = 32),
    created_at     timestamptz NOT NULL DEFAULT now(),
    paused_at      timestamptz,
    due_at         timestamptz,
    look_at        timestamptz,
    starting       timestamptz,
    starting_since timestamptz,
    last_job       uuid,
    failure        text        CHECK (octet_length(failure) <= 4096),
    PRIMARY KEY (tenant, id),
    UNIQUE (tenant, issuer, subject, name)
);

CREATE INDEX schedules_to_look_at ON actors.schedules (look_at) WHERE look_at IS NOT NULL;

-- What became of the due times, the latest of each schedule. outcome holds the number of RunOutcome. Due times that were missed
-- are one row: the first of them, the last, and how many.
CREATE TABLE actors.schedule_runs (
    tenant      text        NOT NULL,
    schedule_id uuid        NOT NULL,
    due_at      timestamptz NOT NULL,
    outcome     smallint    NOT NULL CHECK (outcome BETWEEN 0 AND 3),
    job_id      uuid,
    last_due_at timestamptz,
    count       integer     NOT NULL DEFAULT 1,
    note        text        CHECK (octet_length(note) <= 4096),
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant, schedule_id, due_at),
    FOREIGN KEY (tenant, schedule_id) REFERENCES actors.schedules (tenant, id) ON DELETE CASCADE
);
