using Actors.Storage.Jobs;
using Actors.Storage.Schema;
using Actors.Storage.Tests.Jobs;
using Actors.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using Xunit;

namespace Actors.Storage.Tests.Schema;

public sealed class SchemaMigrationTests(PostgresServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_empty_database_gets_every_file_and_a_second_run_changes_nothing()
    {
        await using var dataSource = await EmptyDatabaseAsync();

        var first = await ApplyAsync(dataSource);
        var second = await ApplyAsync(dataSource);

        Assert.Equal(SchemaFile.ReadAll().Count, first);
        Assert.Equal(0, second);
    }

    [Fact]
    public async Task Processes_that_start_together_apply_each_file_once()
    {
        await using var dataSource = await EmptyDatabaseAsync();

        var applied = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => ApplyAsync(dataSource))));

        Assert.Equal(SchemaFile.ReadAll().Count, applied.Sum());
        Assert.Equal(5, applied.Count(count => count == 0));
    }

    [Fact]
    public async Task An_applied_file_that_changed_is_an_error_that_names_it()
    {
        await using var dataSource = await EmptyDatabaseAsync();
        await ApplyAsync(dataSource);
        var files = SchemaFile.ReadAll().Select(file => file.Number == 2 ? new SchemaFile(2, file.Name, file.Sql + " ") : file).ToList();

        var exception = await Assert.ThrowsAsync<SchemaException>(
            () => SchemaMigration.ApplyAsync(dataSource, files, NullLogger.Instance, Cancellation));

        Assert.Contains(files[1].Name, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_newer_than_the_program_is_an_error()
    {
        await using var dataSource = await EmptyDatabaseAsync();
        SchemaFile[] newer = [.. SchemaFile.ReadAll(), new(9001, "9001_else", "ALTER TABLE actors.jobs DROP COLUMN priority")];
        await SchemaMigration.ApplyAsync(dataSource, newer, NullLogger.Instance, Cancellation);

        await Assert.ThrowsAsync<SchemaException>(() => ApplyAsync(dataSource));
    }

    [Fact]
    public async Task A_program_goes_on_with_a_newer_database_that_only_has_more()
    {
        await using var dataSource = await EmptyDatabaseAsync();
        SchemaFile[] newer = [.. SchemaFile.ReadAll(), new(9001, "9001_more", "-- additive\nALTER TABLE actors.jobs ADD COLUMN more text")];
        await SchemaMigration.ApplyAsync(dataSource, newer, NullLogger.Instance, Cancellation);

        Assert.Equal(0, await ApplyAsync(dataSource));
    }

    [Fact]
    public async Task Jobs_that_were_there_before_are_found_by_their_labels()
    {
        await using var dataSource = await EmptyDatabaseAsync();
        await SchemaMigration.ApplyAsync(dataSource, [.. SchemaFile.ReadAll().Where(file => file.Number < 20)], NullLogger.Instance, Cancellation);
        var (labelled, other) = (StorageHarness.NewRow() with { Labels = """{"project":"apollo"}""" }, StorageHarness.NewRow());
        await using var silo = await StorageHarness.StartAsync(dataSource);
        await Task.WhenAll(silo.CreateAsync(labelled), silo.CreateAsync(other));

        await ApplyAsync(dataSource);

        var queries = new JobQueries(dataSource, Options.Create(new StorageOptions()));
        var found = await queries.ListAsync(labelled.Owner, new JobFilter { Label = new JobLabel("project", "apollo") }, null, 10, Cancellation);
        Assert.Equal(labelled.Id, Assert.Single(found.Jobs).Id);
    }

    [Fact]
    public async Task A_file_that_fails_leaves_nothing_of_it_behind()
    {
        await using var dataSource = await EmptyDatabaseAsync();
        SchemaFile[] files = [new(1, "0001_good", "CREATE TABLE actors.good ()"), new(2, "0002_bad", "CREATE TABLE actors.bad (); SELECT 1/0")];

        var exception = await Assert.ThrowsAsync<SchemaException>(
            () => SchemaMigration.ApplyAsync(dataSource, files, NullLogger.Instance, Cancellation));

        Assert.Contains("0002_bad", exception.Message, StringComparison.Ordinal);
        await using var command = dataSource.CreateCommand("SELECT to_regclass('actors.good') IS NULL AND to_regclass('actors.bad') IS NULL");
        Assert.Equal(true, await command.ExecuteScalarAsync(Cancellation));
    }

    private static Task<int> ApplyAsync(NpgsqlDataSource dataSource) =>
        SchemaMigration.ApplyAsync(dataSource, NullLogger.Instance, Cancellation);

    private async Task<NpgsqlDataSource> EmptyDatabaseAsync() =>
        NpgsqlDataSource.Create(await server.CreateDatabaseAsync(withSchema: false, Cancellation));
}
