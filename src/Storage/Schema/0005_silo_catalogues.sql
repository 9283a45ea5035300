-- What each silo offers, and where it is reached. A silo takes work while its lease holds and it does not drain.

CREATE TABLE actors.catalogues (
    digest        text        PRIMARY KEY,
    content       bytea       NOT NULL CHECK (octet_length(content) <= 67108864),
    first_seen_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

ALTER TABLE actors.silos
    ADD COLUMN address   text,
    ADD COLUMN catalogue text,
    ADD COLUMN draining  boolean NOT NULL DEFAULT false;
