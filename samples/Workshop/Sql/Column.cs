using System.ComponentModel;

namespace Actors.Workshop.Sql;

/// <summary>A column of a result.</summary>
internal sealed record Column(string Name, [property: Description("Its Postgres type")] string Type);
