using Orleans.Activations;
using Orleans.Serialization;
using Orleans.Serialization.Invocation;
using Orleans.Serialization.Wire;

namespace Orleans.Calls;

/// <summary>A call whose method answers with a T; a method without a result answers with Nothing.</summary>
internal abstract class GrainCall<T> : GrainCall
{
    protected abstract void SetResult(T result);

    /// <summary>What SetResult was given.</summary>
    protected abstract T GetResult();

    protected override void SetResponse(Response response) => SetResult(response.GetResult<T>());

    /// <summary>Ends the call with a result of the grain, isolated from what the grain keeps.</summary>
    protected void Finish(T result)
    {
        if (IsSettled) return;

        try
        {
            // A result for another process is written before Answered returns, and that isolates it.
            if (!DeepCopy<T>.IsImmutable && !Method.ResultIsImmutable && Origin is null) result = DeepCopy.Copy(result);
        }
        catch (Exception exception)
        {
            Fail(exception);
            return;
        }

        if (!TrySettle()) return;

        if (!IsIntercepted) SetResult(result);
        else TryIntercept(Response.FromResult(result));
        Origin?.Answered(this);
    }

    public override void WriteResult(ref WireWriter writer)
    {
        if (typeof(T) != typeof(Nothing)) Codec<T>.Instance.Write(ref writer, GetResult());
    }

    public override void ReadResult(ref WireReader reader)
    {
        var result = typeof(T) == typeof(Nothing) ? default! : Codec<T>.Instance.Read(ref reader);
        if (!TrySettle()) return;

        if (!IsIntercepted) SetResult(result);
        else TryIntercept(Response.FromResult(result));
    }

    protected bool StartTask(Activation host, Task<T> task)
    {
        if (task.IsCompletedSuccessfully)
        {
            Finish(task.Result);
            return true;
        }

        _ = AwaitTask(host, task);
        return false;
    }

    protected bool StartTask(Activation host, ValueTask<T> task)
    {
        if (task.IsCompletedSuccessfully)
        {
            Finish(task.Result);
            return true;
        }

        _ = AwaitTask(host, task.AsTask());
        return false;
    }

    // Runs on the activation's scheduler, so that what follows the method is part of the grain's turns.
    private async Task AwaitTask(Activation host, Task<T> task)
    {
        // Yields even for a task that has failed already: the host is told only after Start has returned.
        if (task.IsCompleted) await Task.Yield();
        try
        {
            Finish(await task);
        }
        catch (Exception exception)
        {
            // The grain's own exception is the call's answer.
            host.OnFault(exception);
            Fail(exception);
        }

        host.OnCompleted(this);
    }

    protected static Response ToResponse(T result) =>
        typeof(T) == typeof(Nothing)
            ? Response.Completed
            : Response.FromResult(DeepCopy<T>.IsImmutable ? result : DeepCopy.Copy(result));
}
