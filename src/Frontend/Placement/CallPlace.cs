using System.Collections.Immutable;
using Orleans.Runtime;

namespace Actors.Frontend.Placement;

/// <summary>Where a call can run.</summary>
/// <param name="Silos">The silos that have what it calls; empty where nobody knows of any.</param>
/// <param name="IsRepeatable">Whether running it twice does no more than running it once.</param>
internal readonly record struct CallPlace(ImmutableArray<SiloAddress> Silos, bool IsRepeatable);
