namespace Actors.Storage.Queue;

/// <summary>The shares of all tenants and principals that wait, while one start after the other is decided.</summary>
internal sealed class FairShares
{
    private readonly QueueView _view;
    private readonly Occupancy _running;
    private readonly List<WaitingTenant> _tenants;
    private readonly Dictionary<PrincipalKey, Turn> _moved = [];
    private bool _cutShort;

    public FairShares(QueueView view)
    {
        _view = view;
        _running = new Occupancy(view.Owned);
        _tenants = [.. view.Lanes.Where(lane => lane.Due.Count > 0)
            .GroupBy(lane => lane.Key.Tenant, StringComparer.Ordinal)
            .Select(lanes => new WaitingTenant(lanes.Key, view.Tenants[lanes.Key].Weight, lanes))];
    }

    /// <summary>The turns that have moved on since the view was taken.</summary>
    public IReadOnlyDictionary<PrincipalKey, Turn> Moved => _moved;

    /// <summary>Whether a due job was passed over because of a limit.</summary>
    public bool IsLimited { get; private set; }

    /// <summary>Whether another job could start, or there may be one that the view does not show.</summary>
    public bool HasMore => _cutShort || Next() is not null;

    /// <summary>Starts the next job; null: none may.</summary>
    public LaneKey? TakeNext()
    {
        if (Next() is not { } next) return null;

        var (tenant, principal, lane) = next;
        lane.Taken++;
        _running.Add(lane.Key.Principal, lane.Key.Tool, 1);
        Move(PrincipalKey.Everybody, PrincipalKey.OfTenant(tenant.Name), 100.0 / tenant.Weight);
        Move(PrincipalKey.OfTenant(tenant.Name), principal.Key, 1);
        return lane.Key;
    }

    private (WaitingTenant Tenant, WaitingPrincipal Principal, WaitingLane Lane)? Next()
    {
        while (_tenants.Count > 0)
        {
            var tenant = _tenants.MinBy(one => ((double)_running.Of(one.Key) / one.Weight, Pass(PrincipalKey.Everybody, one.Key), one.Name))!;
            while (tenant.Principals.Count > 0)
            {
                var principal = tenant.Principals.MinBy(one => (_running.Of(one.Key), Pass(tenant.Key, one.Key), one.Key.Subject, one.Key.Issuer))!;
                if (Next(tenant, principal) is { } lane) return (tenant, principal, lane);
                tenant.Principals.Remove(principal);
            }

            _tenants.Remove(tenant);
        }

        return null;
    }

    private WaitingLane? Next(WaitingTenant tenant, WaitingPrincipal principal)
    {
        while (principal.Lanes.Count > 0)
        {
            var lane = principal.Lanes.MinBy(one => (-one.Key.Priority, one.Head, one.Key.Tool))!;
            if (lane.Head == DateTimeOffset.MaxValue)
            {
                _cutShort |= lane.HasMore;
            }
            else if (_running.HasRoomFor(lane.Key, _view.Tenants[tenant.Name], _view.Tools.GetValueOrDefault(lane.Key.Tool)))
            {
                return lane;
            }
            else
            {
                IsLimited = true;
            }

            // What runs only grows while one decision is made: a lane that is blocked stays so.
            principal.Lanes.Remove(lane);
        }

        return null;
    }

    // Who has not been there for a while begins at the present: nothing is saved up.
    private double Pass(PrincipalKey whole, PrincipalKey part) => Math.Max(TurnOf(part).Pass, TurnOf(whole).Clock);

    private void Move(PrincipalKey whole, PrincipalKey part, double by)
    {
        var pass = Pass(whole, part);
        _moved[whole] = TurnOf(whole) with { Clock = pass };
        _moved[part] = TurnOf(part) with { Pass = pass + by };
    }

    private Turn TurnOf(PrincipalKey owner) =>
        _moved.TryGetValue(owner, out var moved) ? moved : _view.Turns.GetValueOrDefault(owner);
}
