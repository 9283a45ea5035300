using Actors.KnowledgeBase.Documents;
using Actors.KnowledgeBase.Folders;
using Actors.KnowledgeBase.Indexing;
using Actors.KnowledgeBase.Search;
using Actors.Tools;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.KnowledgeBase;

/// <summary>Registers what the tools of this pack are made from.</summary>
public sealed class KnowledgeBasePack : IToolPackServices
{
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<KnowledgeBaseOptions>()
            .Bind(configuration.GetSection(KnowledgeBaseOptions.Section))
            .ValidateDataAnnotations()
            .Validate(KnowledgeBaseOptions.RootsHaveDistinctNames, "KnowledgeBase:Roots: the last parts of the folders must differ.")
            .ValidateOnStart();
        services.AddSingleton<Roots>();
        services.AddSingleton<Schema>();
        services.AddSingleton<DocumentIndex>();
        services.AddSingleton<DocumentStore>();
        services.AddSingleton<DocumentSearch>();
        services.AddSingleton<IndexRun>();
    }
}
