-- additive: older programs work with this schema.
-- Questions whose time is over.
CREATE INDEX jobs_input_expiring ON actors.jobs (input_expires_at) WHERE status = 2;
