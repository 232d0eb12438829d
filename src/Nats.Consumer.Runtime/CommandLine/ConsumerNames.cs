using System.CommandLine;
using System.CommandLine.Parsing;
using Nats.Consumer.Configuration;

namespace Nats.Consumer.CommandLine;

/// <summary>Names of consumers on the command line.</summary>
internal static class ConsumerNames
{
    /// <param name="host">The application.</param>
    /// <param name="orVerb">Whether a word may be a verb that was mistyped.</param>
    public static Argument<string[]> Argument(VerbHost host, bool orVerb = false)
    {
        var consumers = new Argument<string[]>("consumer") { Description = "Names of consumers; all when none is given.", Arity = ArgumentArity.ZeroOrMore };
        consumers.Validators.Add(result =>
        {
            // The parser takes an option that it does not know for one more name.
            foreach (Token token in result.Tokens.Where(token => token.Value.StartsWith('-')))
                result.AddError(UnknownOption(token.Value, result));
            if (!orVerb)
                return;
            string[] names = [.. host.Consumers.Names];
            foreach (Token token in result.Tokens.Where(token => !token.Value.StartsWith('-') && !names.Contains(token.Value, StringComparer.OrdinalIgnoreCase)))
                result.AddError($"There is neither a verb nor a consumer '{token.Value}'.{Meant(token.Value, result, names)}");
        });
        return consumers;
    }

    private static string UnknownOption(string option, ArgumentResult result)
    {
        if (option.Contains(':', StringComparison.Ordinal))
            return $"There is no option '{option}'. A setting is written as --Section:Key=value.";
        string[] known = [.. ((result.Parent as CommandResult)?.Command.Options ?? []).Select(known => known.Name)];
        string meant = Suggestion.For(option, known);
        return $"There is no option '{option}'.{(meant.Length > 0 ? meant : " See --help.")}";
    }

    private static string Meant(string word, ArgumentResult result, string[] names)
    {
        string[] verbs = [.. ((result.Parent as CommandResult)?.Command.Subcommands ?? []).Select(verb => verb.Name)];
        string meant = Suggestion.For(word, verbs.Concat(names));
        return meant.Length > 0 ? meant : $" Verbs are {string.Join(", ", verbs)}; consumers are {string.Join(", ", names)}.";
    }
}
