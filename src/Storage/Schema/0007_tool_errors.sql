-- additive
-- Whether a completed job's result says isError, so that a list can say so without reading results.

ALTER TABLE actors.jobs ADD COLUMN tool_error boolean NOT NULL DEFAULT false;
