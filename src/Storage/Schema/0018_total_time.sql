-- additive
-- When a job's total time is over. Of those that wait in line for another attempt the index finds it; most jobs have no such limit, and are not in it.
ALTER TABLE actors.jobs ADD COLUMN deadline_at timestamptz;

CREATE INDEX jobs_out_of_time ON actors.jobs (deadline_at) WHERE status = 0 AND silo IS NULL AND deadline_at IS NOT NULL;
