-- additive
-- What one tenant may have, where that is not what all have (NULL).

ALTER TABLE actors.tenants
    -- Its share beside the others': 100 is an ordinary one.
    ADD COLUMN weight                    integer CHECK (weight BETWEEN 1 AND 10000),
    ADD COLUMN max_running               integer CHECK (max_running >= 0),
    ADD COLUMN max_running_per_principal integer CHECK (max_running_per_principal >= 0),
    ADD COLUMN max_waiting               bigint  CHECK (max_waiting >= 0),
    ADD COLUMN max_waiting_per_principal bigint  CHECK (max_waiting_per_principal >= 0),
    ADD COLUMN max_stored_bytes          bigint  CHECK (max_stored_bytes >= 0);
