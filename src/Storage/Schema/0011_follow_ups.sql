-- additive
-- What follows a job's end: a call of another tool, a message to a webhook. A row is written in the transaction in which the job
-- ends, and deleted in the one that notes in the job's journal what became of it: the table holds what is still to be done.

CREATE TABLE actors.follow_ups (
    tenant     text        NOT NULL,
    job_id     uuid        NOT NULL,
    -- The numbers of FollowUpKind.
    kind       smallint    NOT NULL CHECK (kind BETWEEN 0 AND 1),
    -- The handle of the job to make, or the message's id: the same at every try.
    id         uuid        NOT NULL DEFAULT gen_random_uuid(),
    issuer     text        NOT NULL,
    subject    text        NOT NULL,
    client     text        NOT NULL,
    labels     jsonb,
    -- UTF-8 JSON, as the frontend checked it.
    wanted     bytea       NOT NULL CHECK (octet_length(wanted) <= 67108864),
    tries      integer     NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now(),
    try_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant, job_id, kind)
);

-- By tenant, so that the first of each is found without a look at the others'.
CREATE INDEX follow_ups_to_try ON actors.follow_ups (kind, tenant, try_at);

-- Neither JSON is parsed: a string within may hold what PostgreSQL's text cannot, and a job must be able to end. What is looked for cannot
-- be part of a string, where quotes are escaped. "on" is written first, by the frontend, for this function: the outcome that a call follows,
-- and whether there is a webhook.
CREATE FUNCTION actors.follow_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    followed bytea  := decode(substring(convert_from(NEW.options, 'UTF8') FROM '"followUp":"([A-Za-z0-9+/=]*)"'), 'base64');
    asked    text[] := string_to_array(substring(convert_from(followed, 'UTF8') FROM '^\{"on":"([a-z ]*)"'), ' ');
    outcome  text   := CASE WHEN NEW.status = 3 AND NOT NEW.tool_error THEN 'completed' WHEN NEW.status IN (3, 4) THEN 'failed' ELSE 'cancelled' END;
BEGIN
    INSERT INTO actors.follow_ups (tenant, job_id, kind, issuer, subject, client, labels, wanted)
    SELECT NEW.tenant, NEW.id, asked_for.kind, NEW.issuer, NEW.subject, NEW.client, NEW.labels, followed
    FROM (VALUES (0, asked && ARRAY[outcome, 'ended']), (1, 'webhook' = ANY (asked))) AS asked_for (kind, is_wanted)
    WHERE asked_for.is_wanted
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;

-- A job without a follow-up pays for two comparisons.
CREATE TRIGGER follow_up AFTER UPDATE OF status ON actors.jobs FOR EACH ROW
    WHEN (NEW.status >= 3 AND OLD.status < 3 AND position('"followUp"'::bytea IN NEW.options) > 0)
    EXECUTE FUNCTION actors.follow_up();

CREATE TRIGGER follow_up_of_new AFTER INSERT ON actors.jobs FOR EACH ROW
    WHEN (NEW.status >= 3 AND position('"followUp"'::bytea IN NEW.options) > 0)
    EXECUTE FUNCTION actors.follow_up();

-- What a tenant's messages are signed with; the one before goes on being used beside it for a while.
CREATE TABLE actors.webhook_secrets (
    tenant     text        PRIMARY KEY,
    secret     bytea       NOT NULL CHECK (octet_length(secret) = 32),
    previous   bytea       CHECK (octet_length(previous) = 32),
    rotated_at timestamptz
);
