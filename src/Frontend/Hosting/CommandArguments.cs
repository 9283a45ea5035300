using Actors.Storage;
using Actors.Storage.Tenants;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Actors.Frontend.Hosting;

/// <summary>
/// The arguments of a command: its own (<c>--tenant acme --on</c>), which it takes one after the other, and settings
/// (<c>--Actors:Storage:ConnectionString=…</c>), which are all that is left.
/// </summary>
internal sealed class CommandArguments(string[] args)
{
    /// <summary>What the command lines of usage texts begin with.</summary>
    public static readonly string Program = AppDomain.CurrentDomain.FriendlyName;

    private readonly List<string> _left = [.. args];

    /// <summary>The value behind a name; null: it is not given.</summary>
    public string? Value(string name)
    {
        var at = _left.IndexOf(name);
        if (at < 0 || at + 1 >= _left.Count)
            return null;
        var value = _left[at + 1];
        _left.RemoveRange(at, 2);
        return value;
    }

    public bool Flag(string name) => _left.Remove(name);

    /// <summary>The tenant that every command is about; null: none is given, or it is no name.</summary>
    public string? Tenant() => Value("--tenant") is { } tenant && TenantDirectory.IsName(tenant) ? tenant : null;

    /// <summary>A host with the database, of what is left: nothing but settings may be.</summary>
    public IHost Host(string usage, Action<IServiceCollection>? configure = null)
    {
        for (var i = 0; i < _left.Count; i++)
        {
            var (hasSection, hasValue) = (_left[i].Contains(':', StringComparison.Ordinal), _left[i].Contains('=', StringComparison.Ordinal));
            if (!_left[i].StartsWith("--", StringComparison.Ordinal) || (!hasSection && !hasValue))
                throw new InvalidOperationException($"'{_left[i]}' is not understood. {usage}");
            // Its value is the next one.
            i += hasValue ? 0 : 1;
        }
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder([.. _left]);
        builder.Logging.ClearProviders();
        builder.Services.AddActorsStorage(options => builder.Configuration.GetSection("Actors:Storage").Bind(options));
        configure?.Invoke(builder.Services);
        return builder.Build();
    }

    /// <summary>What to say to who has called it wrongly.</summary>
    public static InvalidOperationException Misused(string usage) => new(usage);

    /// <summary>One line on how a command is called.</summary>
    public static string Usage(string command, string arguments) =>
        $"usage: {Program} {command} {arguments}. A tenant is 1 to 64 of a-z, 0-9 and the hyphen; the database is Actors:Storage:ConnectionString.";
}
