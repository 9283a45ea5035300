-- Names and columns are Orleans' own. Its script makes the index without UNIQUE; with it, two first writes cannot both succeed.
SELECT pg_advisory_xact_lock(7164263310);

CREATE TABLE IF NOT EXISTS OrleansQuery (
    QueryKey  varchar(64)   NOT NULL,
    QueryText varchar(8000) NOT NULL,
    CONSTRAINT OrleansQuery_Key PRIMARY KEY (QueryKey)
);

DO $create$
BEGIN
    IF to_regclass('orleansstorage') IS NOT NULL THEN RETURN; END IF;

    CREATE TABLE OrleansStorage (
        GrainIdHash            integer      NOT NULL,
        GrainIdN0              bigint       NOT NULL,
        GrainIdN1              bigint       NOT NULL,
        GrainTypeHash          integer      NOT NULL,
        GrainTypeString        varchar(512) NOT NULL,
        GrainIdExtensionString varchar(512),
        ServiceId              varchar(150) NOT NULL,
        PayloadBinary          bytea,
        ModifiedOn             timestamp    NOT NULL,
        Version                integer
    );

    -- The three strings together may be longer than an index entry can be.
    CREATE UNIQUE INDEX IX_OrleansStorage ON OrleansStorage (
        GrainIdHash, GrainTypeHash, GrainIdN0, GrainIdN1,
        md5(ServiceId || '|' || GrainTypeString || '|' || coalesce('=' || GrainIdExtensionString, '')));
END
$create$;
