using System.CommandLine;
using Microsoft.Extensions.Hosting;
using Nats.Consumer.CommandLine;

namespace Nats.Consumer;

/// <summary>The command line of a worker.</summary>
public static class RunNatsExtensions
{
    /// <summary>
    /// Runs the application as its command line says: <c>run [CONSUMER…] [--setup]</c> (also without a verb), or <c>setup</c>, which applies the stream operations and ends.
    /// </summary>
    /// <param name="host">The application.</param>
    /// <param name="args">The command line.</param>
    /// <returns>The exit code: 0 done, 1 failed, 64 wrong usage.</returns>
    public static async Task<int> RunNatsAsync(this IHost host, string[] args)
    {
        ArgumentNullException.ThrowIfNull(host);
        const int WrongUsage = 64;
        ParseResult parsed = WorkerCommands.Create(host).Parse(args);
        // Signals are the host's: it drains, for as long as its options allow.
        var configuration = new InvocationConfiguration { ProcessTerminationTimeout = null };
        int exitCode = await parsed.InvokeAsync(configuration).ConfigureAwait(false);
        if (host is IAsyncDisposable disposable)
            await disposable.DisposeAsync().ConfigureAwait(false);
        else
            host.Dispose();
        return parsed.Errors.Count > 0 ? WrongUsage : exitCode;
    }
}
