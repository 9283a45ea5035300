using Actors.Chaos.Driver.Wire;

namespace Actors.Chaos.Driver.Clients;

/// <summary>What clients start: mostly work of some seconds, some of a minute, some that asks, some that is awkward.</summary>
internal static class ToolMix
{
    public static Request Next(Random random, string token) => random.Next(100) switch
    {
        < 12 => Request.Create(
            "chaos_once",
            token,
            new() { ["token"] = token, ["steps"] = random.Next(2, 8), ["failures"] = random.Next(4) == 0 ? random.Next(1, 3) : 0, ["delayMs"] = random.Next(100, 1500) }),
        < 35 => Request.Create("chaos_steps", token, new() { ["token"] = token, ["steps"] = random.Next(3, 16), ["delayMs"] = random.Next(300, 1500) }),
        < 40 => Request.Create("chaos_steps", token, new() { ["token"] = token, ["steps"] = random.Next(20, 40), ["delayMs"] = random.Next(500, 1200) }),
        < 47 => Request.Create("chaos_limited", token, new() { ["token"] = token, ["beats"] = random.Next(2, 8), ["delayMs"] = random.Next(100, 400) }),
        < 52 => Request.Create("chaos_limited_tenant", token, new() { ["token"] = token, ["beats"] = random.Next(2, 8), ["delayMs"] = random.Next(100, 400) }),
        < 72 => Request.Create("chaos_ask", token, new() { ["token"] = token, ["questions"] = random.Next(1, 4), ["delayMs"] = random.Next(0, 1500) }),
        < 82 => Request.Create(
            "chaos_stubborn",
            token,
            new() { ["token"] = token, ["steps"] = random.Next(3, 12), ["delayMs"] = random.Next(300, 1500), ["ignoreMs"] = random.Next(0, 6000) }),
        < 93 => Request.Create("chaos_large", token, new() { ["token"] = token, ["length"] = random.Next(3) == 0 ? random.Next(70_000, 400_000) : random.Next(2_000, 60_000), ["delayMs"] = random.Next(0, 4000) }),
        _ => Request.Create("chaos_fail", token, new() { ["token"] = token, ["delayMs"] = random.Next(0, 3000) }),
    };
}
