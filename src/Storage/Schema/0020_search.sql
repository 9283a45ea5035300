-- additive
-- What job_list finds by state and by label, without a look at the owner's other jobs.

-- The states that few jobs are in. A job that only waits, runs and completes is never in this index.
CREATE INDEX jobs_in_state ON actors.jobs (tenant, issuer, subject, status, created_at DESC, id DESC) WHERE status IN (2, 4, 5);

-- Two rows for each label of a job: by its name alone, and with its value. Kept by triggers, so that every program that writes jobs keeps it.
CREATE TABLE actors.job_labels (
    tenant     text        NOT NULL,
    label      bytea       NOT NULL CHECK (octet_length(label) = 16),
    created_at timestamptz NOT NULL,
    job_id     uuid        NOT NULL,
    PRIMARY KEY (tenant, label, created_at, job_id)
) WITH (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);

-- An owner's label in few bytes, whatever its length. Without a value: the label by its name. Who reads compares the job's own label.
CREATE FUNCTION actors.label_key(issuer text, subject text, name text, value text) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT substr(sha256(convert_to(jsonb_build_array(issuer, subject, name, value)::text, 'UTF8')), 1, 16)
$$;

CREATE FUNCTION actors.label_keys(issuer text, subject text, labels jsonb) RETURNS SETOF bytea LANGUAGE sql STABLE AS $$
    SELECT actors.label_key(issuer, subject, l.key, looked_for.value)
    FROM jsonb_each_text(labels) l, LATERAL (VALUES (NULL), (l.value)) AS looked_for (value)
    WHERE l.value IS NOT NULL
$$;

CREATE FUNCTION actors.add_labels() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO actors.job_labels (tenant, label, created_at, job_id)
    SELECT NEW.tenant, key, NEW.created_at, NEW.id FROM actors.label_keys(NEW.issuer, NEW.subject, NEW.labels) AS key
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;

CREATE FUNCTION actors.remove_labels() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM actors.job_labels
    WHERE tenant = OLD.tenant AND created_at = OLD.created_at AND job_id = OLD.id
      AND label = ANY (ARRAY(SELECT actors.label_keys(OLD.issuer, OLD.subject, OLD.labels)));
    RETURN NULL;
END
$$;

-- A job without labels pays for one comparison.
CREATE TRIGGER add_labels AFTER INSERT ON actors.jobs FOR EACH ROW
    WHEN (jsonb_typeof(NEW.labels) = 'object') EXECUTE FUNCTION actors.add_labels();

CREATE TRIGGER remove_labels AFTER DELETE ON actors.jobs FOR EACH ROW
    WHEN (jsonb_typeof(OLD.labels) = 'object') EXECUTE FUNCTION actors.remove_labels();

INSERT INTO actors.job_labels (tenant, label, created_at, job_id)
SELECT j.tenant, key, j.created_at, j.id
FROM actors.jobs j, LATERAL actors.label_keys(j.issuer, j.subject, j.labels) AS key
WHERE jsonb_typeof(j.labels) = 'object';
