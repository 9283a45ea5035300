namespace Orleans.Hosting;

/// <summary>Says in the container that a clustering was chosen; a silo without one does not start, as in Orleans.</summary>
internal sealed class ChosenClustering;
