using System.Reflection;
using System.Runtime.CompilerServices;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>A state in memory and its storage. Operations run one after another, in the order they were asked for.</summary>
internal sealed class StoredState<TState>(string name, IGrainContext context, IGrainStorage storage) : IPersistentState<TState>
{
    private readonly GrainState<TState> _state = new(New());
    private Task _last = Task.CompletedTask;
    private PendingWrite? _pendingWrite;
    private bool _isLoaded;
    private int _asked;

    public TState State
    {
        get
        {
            CheckContext();
            return _state.State!;
        }
        set
        {
            CheckContext();
            _state.State = value;
        }
    }

    public string? Etag => _state.ETag;

    public bool RecordExists => _isLoaded ? _state.RecordExists : throw new InvalidOperationException("State has not yet been loaded");

    public Task ReadStateAsync() => ReadStateAsync(CancellationToken.None);

    public Task WriteStateAsync() => WriteStateAsync(CancellationToken.None);

    public Task ClearStateAsync() => ClearStateAsync(CancellationToken.None);

    public Task ReadStateAsync(CancellationToken cancellationToken)
    {
        CheckContext();
        return Enqueue(async () =>
        {
            await storage.ReadStateAsync(name, context.GrainId, _state, cancellationToken);
            _state.State ??= New();
            _isLoaded = true;
        });
    }

    public Task ClearStateAsync(CancellationToken cancellationToken)
    {
        CheckContext();
        return Enqueue(async () =>
        {
            await storage.ClearStateAsync(name, context.GrainId, _state, cancellationToken);
            _state.State ??= New();
            _isLoaded = true;
        });
    }

    public Task WriteStateAsync(CancellationToken cancellationToken)
    {
        CheckContext();
        // A write that has not begun will carry what is in memory when it does, so it serves this caller too.
        if (!cancellationToken.CanBeCanceled && _pendingWrite is { } pending) return pending.Completion;
        if (_last.IsCompleted) return _last = WriteAsync(++_asked, cancellationToken);

        var write = new PendingWrite();
        if (!cancellationToken.CanBeCanceled) _pendingWrite = write;
        write.Number = _asked + 1;
        write.Completion = Enqueue(() =>
        {
            if (ReferenceEquals(_pendingWrite, write)) _pendingWrite = null;
            return WriteAsync(write.Number, cancellationToken);
        });
        return write.Completion;
    }

    private async Task WriteAsync(int number, CancellationToken cancellationToken)
    {
        await storage.WriteStateAsync(name, context.GrainId, _state, cancellationToken);
        _isLoaded = true;
        // What is over need not stay in memory for as long as the grain.
        if (number == _asked) _last = Task.CompletedTask;
    }

    private Task Enqueue(Func<Task> operation)
    {
        _asked++;
        return _last = _last.IsCompleted ? operation() : RunAfterAsync(_last, operation);
    }

    private static async Task RunAfterAsync(Task previous, Func<Task> operation)
    {
        // The failure of the one before belongs to whoever asked for that one.
        await previous.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        await operation();
    }

    private static TState New()
    {
        var type = typeof(TState);
        if (type.IsValueType || type == typeof(string) || type.IsAbstract || type.IsArray) return default!;

        return type.GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, Type.EmptyTypes) is { } constructor
            ? (TState)constructor.Invoke(null)
            : (TState)RuntimeHelpers.GetUninitializedObject(type);
    }

    private static void CheckContext()
    {
        if (RuntimeContext.Current is null)
            throw new InvalidOperationException(
                "Activation access violation. A non-activation thread attempted to access activation services.");
    }

    private sealed class PendingWrite
    {
        public int Number { get; set; }

        public Task Completion { get; set; } = Task.CompletedTask;
    }
}
