using Actors.Frontend.Authentication;
using Actors.Frontend.Catalogues;
using Actors.Frontend.Draining;
using Actors.Frontend.Health;
using Actors.Frontend.Hosting;
using Actors.Frontend.JobTools;
using Actors.Frontend.JobTools.Schedules;
using Actors.Frontend.Limits;
using Actors.Frontend.Mcp;
using Actors.Frontend.Mcp.Calls;
using Actors.Frontend.Mcp.Completion;
using Actors.Frontend.Mcp.Discovery;
using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Prompts;
using Actors.Frontend.Mcp.Resources;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Mcp.Rounds;
using Actors.Frontend.Mcp.Sessions;
using Actors.Frontend.Mcp.Sessions.Tasks;
using Actors.Frontend.Mcp.Subscriptions;
using Actors.Frontend.Mcp.Tasks;
using Actors.Frontend.Mcp.Tools;
using Actors.Frontend.Origins;
using Actors.Frontend.Placement;
using Actors.Frontend.Retries;
using Actors.Schemas;
using Actors.Storage.FollowUps;
using Actors.Storage.Schedules;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Actors.Frontend;

/// <summary>Registers the frontend. It needs Storage's services and a grain factory beside it.</summary>
public static class ActorsFrontend
{
    public static IHostApplicationBuilder AddActorsFrontend(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        AddOptions<McpOptions>(services, "Actors:Mcp");
        AddOptions<FrontendLimits>(services, "Actors:Limits");
        AddOptions<SchemaLimits>(services, "Actors:Schemas");
        AddOptions<AuthenticationOptions>(services, "Actors:Authentication");
        AddOptions<OriginOptions>(services, "Actors:Origins");
        AddOptions<DrainOptions>(services, "Actors:Drain");
        AddOptions<RetryOptions>(services, "Actors:Retries");
        AddOptions<ScheduleOptions>(services, "Actors:Schedules");
        AddOptions<FollowUpOptions>(services, "Actors:FollowUps");
        AddOptions<WebhookOptions>(services, "Actors:Webhooks");
        services.AddSingleton<StartGate>();
        services.AddSingleton<Drain>();
        services.AddHostedService(provider => provider.GetRequiredService<Drain>());
        services.AddSingleton<Credentials>();
        services.AddSingleton<KeyWatch>();
        services.AddSingleton<OriginGuard>();
        services.AddSingleton<HealthEndpoints>();
        services.AddSingleton<RequestRate>();
        services.AddSingleton<McpEndpoint>();
        services.AddSingleton<Failures>();
        services.AddHostedService<AnonymousGuard>();
        services.AddSingleton<ArgumentCheck>();
        services.AddSingleton<CatalogueFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<CatalogueFeed>());
        AddCalls(services);
        AddMethods(services);
        AddSessions(services);
        AddJobTools(services);
        return builder;
    }

    private static void AddCalls(IServiceCollection services)
    {
        services.AddSingleton<ServerIdentity>();
        services.AddSingleton<TenantFeeds>();
        services.AddSingleton<RequestStateSeal>();
        services.AddSingleton<RoundTrips>();
        services.AddSingleton<SiloTurns>();
        services.AddSingleton<PrimitiveDispatch>();
        services.AddSingleton<InlineCalls>();
        services.AddSingleton<RetryPolicy>();
        services.AddSingleton<JobHandles>();
        services.AddSingleton<CallOptionsReader>();
        services.AddSingleton<JobIds>();
        services.AddSingleton<FollowUpReader>();
        services.AddSingleton<JobCreation>();
        services.AddSingleton<JobWatch>();
        services.AddSingleton<JobCalls>();
        services.AddSingleton<JobResources>();
        services.AddSingleton<JobResourceUpdates>();
        services.AddSingleton<JobResultPieces>();
    }

    private static void AddMethods(IServiceCollection services)
    {
        services.AddSingleton<Revision20260728>();
        services.AddSingleton<McpMethod, GetTask>();
        services.AddSingleton<McpMethod, UpdateTask>();
        services.AddSingleton<McpMethod, CancelTask>();
        services.AddSingleton<McpMethod, CallTool>();
        services.AddSingleton<McpMethod, ListTools>();
        services.AddSingleton<McpMethod, Discover>();
        services.AddSingleton<McpMethod, ListPrompts>();
        services.AddSingleton<McpMethod, GetPrompt>();
        services.AddSingleton<McpMethod, ListResources>();
        services.AddSingleton<McpMethod, ListResourceTemplates>();
        services.AddSingleton<McpMethod, ReadResource>();
        services.AddSingleton<McpMethod, Complete>();
        services.AddSingleton<McpMethod, Listen>();
    }

    private static void AddSessions(IServiceCollection services)
    {
        services.AddSingleton<SessionEndpoint>();
        services.AddSingleton<SessionDirectory>();
        services.AddSingleton<LegacyRevisions>();
        services.AddSingleton<ClientMessages>();
        services.AddSingleton<SessionCalls>();
        services.AddSingleton<SessionJobs>();
        services.AddSingleton<SessionStream>();
        services.AddSingleton<JobStream>();
        services.AddSingleton<StreamResumption>();
        services.AddSingleton<Initialize>();
        services.AddSingleton<LegacyMethod, Ping>();
        services.AddSingleton<LegacyMethod, SetLogLevel>();
        services.AddSingleton<LegacyMethod, SubscribeResource>();
        services.AddSingleton<LegacyMethod, UnsubscribeResource>();
        services.AddSingleton<LegacyMethod, GetTaskStatus>();
        services.AddSingleton<LegacyMethod, GetTaskResult>();
        services.AddSingleton<LegacyMethod, ListTasks>();
        services.AddSingleton<LegacyMethod, CancelTaskAndWait>();
    }

    private static void AddJobTools(IServiceCollection services)
    {
        services.AddSingleton<JobToolSet>();
        services.AddSingleton<JobLogPages>();
        services.AddSingleton<JobTool, JobWait>();
        services.AddSingleton<JobTool, JobGet>();
        services.AddSingleton<JobTool, JobResult>();
        services.AddSingleton<JobTool, JobRespond>();
        services.AddSingleton<JobTool, JobCancel>();
        services.AddSingleton<JobTool, JobList>();
        services.AddSingleton<JobTool, JobLog>();
        services.AddSingleton<JobTool, JobPinning>();
        services.AddSingleton<JobTool, JobRetry>();
        services.AddSingleton<JobTool, ScheduleCreate>();
        services.AddSingleton<JobTool, ScheduleList>();
        services.AddSingleton<JobTool, ScheduleGet>();
        services.AddSingleton<JobTool, SchedulePause>();
        services.AddSingleton<JobTool, ScheduleResume>();
        services.AddSingleton<JobTool, ScheduleDelete>();
    }

    private static void AddOptions<T>(IServiceCollection services, string section)
        where T : class =>
        services.AddOptions<T>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();
}
