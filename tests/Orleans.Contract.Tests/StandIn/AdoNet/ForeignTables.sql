-- Tables and statements such as a script of Orleans leaves them, with functions of its own, which note that they were called.
CREATE TABLE OrleansQuery (QueryKey varchar(64) NOT NULL PRIMARY KEY, QueryText varchar(8000) NOT NULL);
CREATE TABLE OrleansMembershipVersionTable (
    DeploymentId varchar(150) NOT NULL PRIMARY KEY, Timestamp timestamptz(3) NOT NULL DEFAULT now(), Version integer NOT NULL DEFAULT 0);
CREATE TABLE OrleansMembershipTable (
    DeploymentId varchar(150) NOT NULL REFERENCES OrleansMembershipVersionTable, Address varchar(45) NOT NULL, Port integer NOT NULL,
    Generation integer NOT NULL, SiloName varchar(150) NOT NULL, HostName varchar(150) NOT NULL, Status integer NOT NULL,
    ProxyPort integer NULL, SuspectTimes varchar(8000) NULL, StartTime timestamptz(3) NOT NULL, IAmAliveTime timestamptz(3) NOT NULL,
    PRIMARY KEY (DeploymentId, Address, Port, Generation));
CREATE TABLE foreign_calls (name text NOT NULL);

CREATE FUNCTION foreign_version(deployment varchar) RETURNS TABLE (row_count integer) LANGUAGE plpgsql AS $$
DECLARE changed integer;
BEGIN
    INSERT INTO foreign_calls VALUES ('insert version');
    INSERT INTO OrleansMembershipVersionTable (DeploymentId) VALUES (deployment) ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS changed = ROW_COUNT;
    RETURN QUERY SELECT changed;
END $$;

CREATE FUNCTION foreign_insert(
    deployment varchar, ip varchar, silo_port integer, silo_generation integer, silo varchar, host varchar, silo_status integer,
    proxy integer, started timestamptz, alive timestamptz, expected integer) RETURNS TABLE (row_count integer) LANGUAGE plpgsql AS $$
DECLARE changed integer;
BEGIN
    INSERT INTO foreign_calls VALUES ('insert');
    UPDATE OrleansMembershipVersionTable SET Version = Version + 1 WHERE DeploymentId = deployment AND Version = expected;
    GET DIAGNOSTICS changed = ROW_COUNT;
    IF changed > 0 THEN
        INSERT INTO OrleansMembershipTable
        VALUES (deployment, ip, silo_port, silo_generation, silo, host, silo_status, proxy, NULL, started, alive);
    END IF;
    RETURN QUERY SELECT changed;
END $$;

CREATE FUNCTION foreign_update(
    deployment varchar, ip varchar, silo_port integer, silo_generation integer, silo_status integer, suspects varchar, alive timestamptz,
    expected integer) RETURNS TABLE (row_count integer) LANGUAGE plpgsql AS $$
DECLARE changed integer;
BEGIN
    INSERT INTO foreign_calls VALUES ('update');
    UPDATE OrleansMembershipVersionTable SET Version = Version + 1 WHERE DeploymentId = deployment AND Version = expected;
    GET DIAGNOSTICS changed = ROW_COUNT;
    IF changed > 0 THEN
        UPDATE OrleansMembershipTable m SET Status = silo_status, SuspectTimes = suspects, IAmAliveTime = alive
        WHERE m.DeploymentId = deployment AND m.Address = ip AND m.Port = silo_port AND m.Generation = silo_generation;
    END IF;
    RETURN QUERY SELECT changed;
END $$;

CREATE FUNCTION foreign_alive(
    deployment varchar, ip varchar, silo_port integer, silo_generation integer, alive timestamptz) RETURNS void LANGUAGE sql AS $$
    UPDATE OrleansMembershipTable SET IAmAliveTime = alive
    WHERE DeploymentId = deployment AND Address = ip AND Port = silo_port AND Generation = silo_generation
$$;

CREATE FUNCTION foreign_read(deployment varchar) RETURNS TABLE (
    DeploymentId varchar, Address varchar, Port integer, Generation integer, SiloName varchar, HostName varchar, Status integer,
    ProxyPort integer, SuspectTimes varchar, StartTime timestamptz, IAmAliveTime timestamptz, Version integer) LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO foreign_calls VALUES ('read');
    RETURN QUERY SELECT v.DeploymentId, m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status, m.ProxyPort, m.SuspectTimes,
        m.StartTime, m.IAmAliveTime, v.Version
    FROM OrleansMembershipVersionTable v LEFT JOIN OrleansMembershipTable m ON m.DeploymentId = v.DeploymentId
    WHERE v.DeploymentId = deployment;
END $$;

INSERT INTO OrleansQuery VALUES
    ('InsertMembershipVersionKey', 'SELECT * FROM foreign_version(@DeploymentId);'),
    ('InsertMembershipKey', 'SELECT * FROM foreign_insert(@DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime, @Version);'),
    ('UpdateMembershipKey', 'SELECT * FROM foreign_update(@DeploymentId, @Address, @Port, @Generation, @Status, @SuspectTimes, @IAmAliveTime, @Version);'),
    ('UpdateIAmAlivetimeKey', 'SELECT * FROM foreign_alive(@DeploymentId, @Address, @Port, @Generation, @IAmAliveTime);'),
    ('MembershipReadAllKey', 'SELECT * FROM foreign_read(@DeploymentId);'),
    ('MembershipReadRowKey', 'SELECT * FROM foreign_read(@DeploymentId) WHERE Address = @Address AND Port = @Port AND Generation = @Generation;'),
    ('GatewaysQueryKey', 'SELECT Address, ProxyPort, Generation FROM foreign_read(@DeploymentId) WHERE Status = @Status AND ProxyPort > 0;'),
    ('DeleteMembershipTableEntriesKey', 'DELETE FROM OrleansMembershipTable WHERE DeploymentId = @DeploymentId;'),
    ('CleanupDefunctSiloEntriesKey', 'DELETE FROM OrleansMembershipTable WHERE DeploymentId = @DeploymentId AND IAmAliveTime < @IAmAliveTime AND Status <> 3;');
