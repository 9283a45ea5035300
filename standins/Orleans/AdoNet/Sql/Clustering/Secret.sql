-- Not a table of Orleans: what the stand-in's processes prove to know before they talk to each other.
SELECT pg_advisory_xact_lock(7164263310);

DO $create$
BEGIN
    IF to_regclass('orleansclustersecret') IS NOT NULL THEN RETURN; END IF;

    CREATE TABLE OrleansClusterSecret (
        DeploymentId varchar(150) NOT NULL PRIMARY KEY,
        Secret       bytea        NOT NULL
    );
END
$create$;
