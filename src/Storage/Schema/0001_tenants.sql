-- Tenants, the keys that open them, and what all processes of one installation share.

CREATE TABLE actors.tenants (
    name       text        PRIMARY KEY CHECK (name ~ '^[a-z0-9-]{1,64}$'),
    created_at timestamptz NOT NULL DEFAULT now()
);

-- A key's secret is never stored: secret_hash is its SHA-256.
CREATE TABLE actors.api_keys (
    id          text        PRIMARY KEY CHECK (id ~ '^[0-9a-f]{16}$'),
    tenant      text        NOT NULL REFERENCES actors.tenants (name),
    subject     text        NOT NULL CHECK (length(subject) BETWEEN 1 AND 256),
    label       text        CHECK (length(label) <= 256),
    secret_hash bytea       NOT NULL CHECK (octet_length(secret_hash) = 32),
    created_at  timestamptz NOT NULL DEFAULT now(),
    revoked_at  timestamptz
);

CREATE INDEX api_keys_of_tenant ON actors.api_keys (tenant, created_at, id);

CREATE TABLE actors.cluster_secrets (
    name       text        PRIMARY KEY,
    secret     bytea       NOT NULL CHECK (octet_length(secret) = 32),
    created_at timestamptz NOT NULL DEFAULT now()
);
