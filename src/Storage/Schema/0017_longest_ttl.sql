-- additive
-- How long a record of the tenant is kept at most, where that is not what holds for all (NULL).
ALTER TABLE actors.tenants ADD COLUMN max_ttl_seconds bigint CHECK (max_ttl_seconds >= 1);
