-- additive
-- Who has taken a follow-up: when its lease is gone, others may have it at once.
ALTER TABLE actors.follow_ups
    ADD COLUMN silo  text,
    ADD COLUMN epoch bigint;

CREATE INDEX follow_ups_taken ON actors.follow_ups (silo, epoch) WHERE silo IS NOT NULL;
