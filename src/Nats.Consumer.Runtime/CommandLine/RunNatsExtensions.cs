using System.CommandLine;
using System.CommandLine.Invocation;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Nats.Consumer.CommandLine;

namespace Nats.Consumer;

/// <summary>The command line of a worker.</summary>
public static class RunNatsExtensions
{
    /// <summary>
    /// Runs the application as its command line says: <c>run [CONSUMER…]</c> (also without a verb), <c>setup</c>, <c>plan</c>, <c>routes</c>, <c>explain</c>, <c>streams</c>, <c>dlq</c>, <c>publish</c>
    /// or <c>doctor</c>; <c>--help</c> tells more.
    /// Settings of the configuration may stand anywhere in it, as <c>--Nats:Url=nats://host:4222</c>.
    /// </summary>
    /// <param name="host">The application.</param>
    /// <param name="args">The command line.</param>
    /// <returns>The exit code: 0 done, 1 failed, 2 drift or findings, 64 wrong usage.</returns>
    public static Task<int> RunNatsAsync(this IHost host, string[] args)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(args);
        return RunAsync(host, args, Console.Out, Console.Error, Console.IsInputRedirected ? null : Console.In);
    }

    internal static async Task<int> RunAsync(IHost host, string[] args, TextWriter output, TextWriter error, TextReader? keyboard)
    {
        IConfiguration settings = host.Services.GetRequiredService<IConfiguration>();
        ParseResult parsed = WorkerCommands.Create(host, keyboard).Parse([.. args.Where(arg => !IsSetting(arg, settings))]);
        if (parsed.Action is ParseErrorAction wrong)
            wrong.ShowHelp = false; // which --help shows; the error is what matters here
        // Signals are the host's: it drains, for as long as its options allow.
        int exitCode = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, Output = output, Error = error }).ConfigureAwait(false);
        if (host is IAsyncDisposable disposable)
            await disposable.DisposeAsync().ConfigureAwait(false);
        else
            host.Dispose();
        return parsed.Errors.Count > 0 ? ExitCodes.WrongUsage : exitCode;
    }

    // --Nats:Url=nats://host, which the host's configuration has taken already.
    private static bool IsSetting(string arg, IConfiguration configuration)
    {
        int end = arg.IndexOf('=', StringComparison.Ordinal);
        return end > 0 && arg.StartsWith("--", StringComparison.Ordinal) && arg.AsSpan(0, end).Contains(':') && configuration[arg[2..end]] == arg[(end + 1)..];
    }
}
