-- One row for each job. status and cancel hold the numbers of JobStatus and CancelState; 3, 4 and 5 are terminal.
-- The size checks are the last line of defence: the edges have lower, configurable limits.

CREATE TABLE actors.jobs (
    tenant              text        NOT NULL,
    id                  uuid        NOT NULL,
    version             bigint      NOT NULL CHECK (version > 0),
    created_at          timestamptz NOT NULL,
    updated_at          timestamptz NOT NULL,
    started_at          timestamptz,
    ended_at            timestamptz,
    expires_at          timestamptz,
    epoch               bigint      NOT NULL,
    -- Drawn anew for each write: tells a writer whose connection broke whether the commit was its own.
    write_tag           integer     NOT NULL,
    attempt             integer     NOT NULL CHECK (attempt >= 0),
    status              smallint    NOT NULL CHECK (status BETWEEN 0 AND 5),
    cancel              smallint    NOT NULL CHECK (cancel BETWEEN 0 AND 5),
    priority            smallint    NOT NULL DEFAULT 0,
    through_job_tools   boolean     NOT NULL,
    silo                text,
    issuer              text        NOT NULL,
    subject             text        NOT NULL,
    client              text        NOT NULL,
    tool                text        NOT NULL CHECK (length(tool) BETWEEN 1 AND 512),
    labels              jsonb,
    protocol_version    text        NOT NULL,
    params              bytea       NOT NULL CHECK (octet_length(params) <= 67108864),
    client_capabilities bytea       NOT NULL CHECK (octet_length(client_capabilities) <= 1048576),
    client_info         bytea       CHECK (octet_length(client_info) <= 1048576),
    status_message      text        CHECK (octet_length(status_message) <= 65536),
    cancel_reason       text        CHECK (octet_length(cancel_reason) <= 65536),
    progress            double precision,
    progress_total      double precision,
    progress_message    text        CHECK (octet_length(progress_message) <= 65536),
    error_code          integer,
    error_message       text        CHECK (octet_length(error_message) <= 65536),
    error_data          bytea       CHECK (octet_length(error_data) <= 1048576),
    checkpoint          bytea       CHECK (octet_length(checkpoint) <= 67108864),
    -- The questions asked and their answers, in the format of ExchangeFormat.
    exchanges           bytea       CHECK (octet_length(exchanges) <= 67108864),
    result              bytea       CHECK (octet_length(result) <= 67108864),
    PRIMARY KEY (tenant, id),
    CONSTRAINT jobs_ended CHECK ((status >= 3) = (ended_at IS NOT NULL)),
    CONSTRAINT jobs_error CHECK ((error_code IS NULL) = (error_message IS NULL))
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);

-- Recovery: the jobs of a silo whose lease lapsed, without a look at those that ended.
CREATE INDEX jobs_active ON actors.jobs (silo, epoch) WHERE status < 3;

-- Lists: newest first, of one owner.
CREATE INDEX jobs_of_owner ON actors.jobs (tenant, issuer, subject, created_at DESC, id DESC);

-- Retention.
CREATE INDEX jobs_expiring ON actors.jobs (expires_at) WHERE status >= 3;

DO $$
BEGIN
    -- lz4 is a build option of PostgreSQL; pglz, the default, costs several times the processor time.
    IF (SELECT 'lz4' = ANY (enumvals) FROM pg_settings WHERE name = 'default_toast_compression') THEN
        ALTER TABLE actors.jobs
            ALTER COLUMN params SET COMPRESSION lz4,
            ALTER COLUMN checkpoint SET COMPRESSION lz4,
            ALTER COLUMN exchanges SET COMPRESSION lz4,
            ALTER COLUMN result SET COMPRESSION lz4;
    END IF;
END
$$;
