using System.Collections.Immutable;
using Actors.Jobs;
using Actors.Storage.Jobs;

namespace Actors.Grains.Jobs;

/// <summary>Until when a question can be answered.</summary>
internal static class InputDeadline
{
    /// <summary>The time of the open question that was asked first; null where none is open.</summary>
    /// <param name="row">Where the tool's terms are not known here, its time stays what it is.</param>
    /// <param name="open">The questions that are open.</param>
    /// <param name="terms">What the tool declared, or null.</param>
    /// <param name="limits">For a tool that declared nothing.</param>
    public static DateTimeOffset? Of(JobRow row, ImmutableArray<InputRequest> open, JobAttribute? terms, JobLimits limits)
    {
        if (open.IsEmpty)
        {
            return null;
        }

        if (terms is null && row.InputExpiresAt is { } known)
        {
            return known;
        }

        var patience = terms?.InputTimeoutSeconds > 0 ? TimeSpan.FromSeconds(terms.InputTimeoutSeconds) : limits.InputTimeout;
        return FirstAsked(row, open).AskedAt(row) + patience;
    }

    /// <summary>The open questions whose time is over, the first asked first; it is among them in any case, since the row's time is its own.</summary>
    public static ImmutableArray<InputExchange> Expired(JobRow row, ImmutableArray<InputRequest> open, DateTimeOffset now)
    {
        var first = FirstAsked(row, open);
        var patience = row.InputExpiresAt!.Value - first.AskedAt(row);
        return
        [
            .. row.Exchanges
                .Where(e => open.Any(question => question.Key == e.Request.Key) && (e == first || e.AskedAt(row) + patience <= now))
                .OrderBy(e => e.AskedAt(row)),
        ];
    }

    /// <summary>Of the open questions, the one that was asked first.</summary>
    public static InputExchange FirstAsked(JobRow row, ImmutableArray<InputRequest> open) =>
        row.Exchanges.Where(exchange => open.Any(question => question.Key == exchange.Request.Key)).MinBy(exchange => exchange.AskedAt(row))!;

    /// <summary>When it was asked, as far as that is known.</summary>
    public static DateTimeOffset AskedAt(this InputExchange exchange, JobRow row) => exchange.AskedAt ?? row.UpdatedAt;
}
