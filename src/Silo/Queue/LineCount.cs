using Orleans;

namespace Actors.Silo.Queue;

/// <summary>
/// How many jobs of one owner wait: counted now and then, by one caller for all, and the less often the longer that takes; what was put in
/// line here since is added.
/// </summary>
/// <param name="count">Counts them, up to a number.</param>
/// <param name="age">How long a count does.</param>
/// <param name="time">The clock.</param>
internal sealed class LineCount(Func<long, Task<long>> count, TimeSpan age, TimeProvider time)
{
    /// <summary>Of the time, at most this share is spent on counting.</summary>
    private const double MostTimeSpent = 0.05;

    /// <summary>Who is refused and asks again at once costs nothing.</summary>
    private static readonly TimeSpan RefusesFor = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private Task? _counting;
    private TimeSpan _least;
    private long _countedAt;
    private long _value;

    /// <summary>One more was put in line here.</summary>
    public void Add() => Interlocked.Increment(ref _value);

    /// <summary>How many wait; from <paramref name="most"/> on it was counted just now.</summary>
    public async ValueTask<long> ReadAsync(long most)
    {
        var value = Volatile.Read(ref _value);
        var counted = Volatile.Read(ref _countedAt);
        var since = counted == 0 ? TimeSpan.MaxValue : time.GetElapsedTime(counted);
        var does = _least > age ? _least : age;
        var isNew = since < (value < most ? does : RefusesFor);
        if (isNew && since < does / 2)
        {
            return value;
        }

        var counting = CountAsync(most);
        if (isNew)
        {
            // It does for a while yet, and whoever comes then need not wait; where this fails, it is they who are told.
            counting.Ignore();
            return value;
        }

        await counting;
        return Volatile.Read(ref _value);
    }

    private Task CountAsync(long most)
    {
        lock (_lock)
        {
            if (_counting is not { IsCompleted: false })
            {
                _counting = CountOnceAsync(most);
            }

            return _counting;
        }
    }

    private async Task CountOnceAsync(long most)
    {
        var began = time.GetTimestamp();
        var value = await count(most);
        _least = time.GetElapsedTime(began) / MostTimeSpent;
        Volatile.Write(ref _value, value);
        Volatile.Write(ref _countedAt, time.GetTimestamp());
    }
}
