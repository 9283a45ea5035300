namespace Actors.Frontend.Hosting;

/// <summary>What an operator does with an installation besides running it: commands of the same programs, on the configured database.</summary>
public static class OperatorCommands
{
    private static readonly Dictionary<string, Func<CommandArguments, Task>> Commands = new(StringComparer.Ordinal)
    {
        [KeyCommand.Name] = KeyCommand.RunAsync,
        [LimitsCommand.Name] = LimitsCommand.RunAsync,
        [HoldCommand.Name] = HoldCommand.RunAsync,
        [WebhookSecretCommand.Name] = WebhookSecretCommand.RunAsync,
    };

    /// <summary>Whether the arguments of a program name a command, and not the program itself.</summary>
    public static bool Has(string[] args) => args is [var name, ..] && Commands.ContainsKey(name);

    public static Task RunAsync(string[] args) => Commands[args[0]](new CommandArguments(args[1..]));
}
