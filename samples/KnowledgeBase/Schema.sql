-- The knowledge base's own tables. Every statement may run again: processes apply the file when they first need it.
CREATE SCHEMA IF NOT EXISTS kb;

CREATE TABLE IF NOT EXISTS kb.documents (
    tenant      text        NOT NULL,
    path        text        NOT NULL,
    title       text        NOT NULL,
    -- Editions of one document (…/2025-11-25/x.md, …/2026-07-28/x.md) share a family; '' where the path names none.
    family      text        NOT NULL,
    edition     text        NOT NULL,
    hash        bytea       NOT NULL,
    content     text        NOT NULL,
    modified_at timestamptz NOT NULL,
    indexed_at  timestamptz NOT NULL,
    indexed_by  text        NOT NULL,
    PRIMARY KEY (tenant, path)
);

CREATE INDEX IF NOT EXISTS documents_modified ON kb.documents (tenant, modified_at DESC, path);
CREATE INDEX IF NOT EXISTS documents_family ON kb.documents (tenant, family);

CREATE TABLE IF NOT EXISTS kb.sections (
    tenant  text     NOT NULL,
    path    text     NOT NULL,
    ordinal integer  NOT NULL,
    heading text     NOT NULL,
    body    text     NOT NULL,
    search  tsvector NOT NULL,
    PRIMARY KEY (tenant, path, ordinal),
    FOREIGN KEY (tenant, path) REFERENCES kb.documents (tenant, path) ON DELETE CASCADE
);

CREATE INDEX IF NOT EXISTS sections_search ON kb.sections USING gin (search);
