-- additive
-- The sessions of the revisions before 2026-07-28. Losing one costs its client an initialize, never a job.

CREATE TABLE actors.sessions (
    tenant              text        NOT NULL,
    id                  text        NOT NULL CHECK (length(id) BETWEEN 1 AND 64),
    version             bigint      NOT NULL CHECK (version > 0),
    issuer              text        NOT NULL,
    subject             text        NOT NULL,
    client              text        NOT NULL,
    protocol_version    text        NOT NULL,
    client_capabilities bytea       NOT NULL CHECK (octet_length(client_capabilities) <= 1048576),
    client_info         bytea       CHECK (octet_length(client_info) <= 1048576),
    log_level           text,
    subscriptions       text[]      NOT NULL,
    tasks               text[]      NOT NULL,
    created_at          timestamptz NOT NULL,
    last_seen_at        timestamptz NOT NULL,
    PRIMARY KEY (tenant, id)
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);

-- Those that are idle for too long.
CREATE INDEX sessions_idle ON actors.sessions (last_seen_at);
