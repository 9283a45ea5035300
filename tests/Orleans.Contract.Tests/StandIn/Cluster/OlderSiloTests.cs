using System.Reflection;
using System.Reflection.Emit;
using Actors.Testing;
using Orleans.Contract.Tests.Cluster;
using Orleans.Runtime;
using Orleans.Serialization;

namespace Orleans.Contract.Tests.StandIn.Cluster;

/// <summary>A caller that is a version ahead of the silo.</summary>
public sealed class OlderSiloTests(PostgresServer server)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_call_of_an_interface_that_the_silo_does_not_know_fails_at_once_and_says_so()
    {
        await using var cluster = await TestCluster.CreateAsync(server);
        await using var silo = await SiloProcess.StartAsync(cluster);
        var grains = TestCluster.GrainsOf(await cluster.AddClientAsync());
        var known = grains.GetGrain<IPlaceGrain>("x");
        await known.WhereAsync();

        var (later, method) = LaterInterface();
        var create = typeof(IGrainFactory).GetMethods().Single(candidate =>
            candidate is { Name: nameof(IGrainFactory.GetGrain), IsGenericMethodDefinition: true }
            && candidate.GetParameters() is [{ ParameterType: var parameter }] && parameter == typeof(GrainId));
        var unknown = create.MakeGenericMethod(later).Invoke(grains, [known.GetGrainId()]);
        var call = (Task)later.GetMethod(method)!.Invoke(unknown, null)!;
        var failure = await Assert.ThrowsAsync<SerializerException>(() => call.WaitAsync(Soon));
        Assert.Contains(method, failure.Message, StringComparison.Ordinal);
        Assert.Equal(silo.Address, await known.WhereAsync());
    }

    // In this process only, as the interface of a later version would be.
    private static (Type Type, string Method) LaterInterface()
    {
        const string method = "LaterAsync";
        var type = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Later"), AssemblyBuilderAccess.Run).DefineDynamicModule("Later")
            .DefineType("Later.ILaterGrain", TypeAttributes.Interface | TypeAttributes.Abstract | TypeAttributes.Public);
        type.AddInterfaceImplementation(typeof(IGrainWithStringKey));
        type.DefineMethod(
            method, MethodAttributes.Public | MethodAttributes.Abstract | MethodAttributes.Virtual | MethodAttributes.HideBySig | MethodAttributes.NewSlot,
            typeof(Task), Type.EmptyTypes);
        return (type.CreateType(), method);
    }
}
