-- additive
-- Jobs that their silo let go of in the middle. Those that are parked, which the index also held, are found by the time of their questions.
DROP INDEX actors.jobs_let_go;
CREATE INDEX jobs_let_go ON actors.jobs (tenant, id) WHERE silo IS NULL AND status = 1;
