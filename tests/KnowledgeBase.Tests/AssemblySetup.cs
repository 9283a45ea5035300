using Actors.KnowledgeBase.Tests;

[assembly: AssemblyFixture(typeof(Library))]
