using Actors.Chaos.Checker.Jobs;
using Actors.Chaos.Checker.Promises;

namespace Actors.Chaos.Checker.Checks;

/// <summary>Holds the record against one promise, or a few that are seen in the same place.</summary>
internal interface ICheck
{
    IEnumerable<Violation> Run(Stories stories);
}
