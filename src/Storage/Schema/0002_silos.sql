-- A silo's right to write. An epoch is never given twice, so the row of a silo that is gone may be deleted.

CREATE SEQUENCE actors.silo_epochs;

CREATE TABLE actors.silos (
    name       text        PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 256),
    epoch      bigint      NOT NULL,
    started_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
) WITH (fillfactor = 10);

-- Called first in every transaction that writes jobs. The key-share lock lets renewals pass, but makes a takeover of
-- the lease (which locks the row FOR UPDATE) wait until the transaction has ended.
CREATE FUNCTION actors.require_lease(silo text, held_epoch bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM actors.silos
    WHERE name = silo AND epoch = held_epoch AND expires_at > clock_timestamp()
    FOR KEY SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'silo % no longer holds epoch %', silo, held_epoch USING ERRCODE = 'ACT01';
    END IF;
END
$$;
