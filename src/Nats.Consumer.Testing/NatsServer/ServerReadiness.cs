namespace Nats.Consumer.Testing;

/// <summary>A server is ready when it has written its port down, greets on it, and, where wanted, greets with JetStream.</summary>
internal static class ServerReadiness
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public static async Task<(int Port, ServerInfo Info)> WaitAsync(
        ServerRun run, ServerFolder folder, NatsServerOptions options, ServerLog log, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.StartTimeout, TimeProvider.System);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var missing = "has not written down its port";
        try
        {
            while (true)
            {
                if (run.HasExited)
                    throw await EndedAsync(run, log, both.Token);
                if (folder.ReadPort(run.Id) is { } port)
                {
                    missing = $"does not greet on port {port}";
                    var greeting = options.HandshakeFirst
                        ? await ServerInfo.TryReadFromLogAsync(log, port, options.JetStream, both.Token)
                        : await ServerInfo.TryReadAsync(port, both.Token);
                    if (greeting is { } info)
                    {
                        if (info.JetStream || !options.JetStream)
                            return (port, info);
                        missing = "has not switched JetStream on";
                    }
                }

                await Task.Delay(Pause, TimeProvider.System, both.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new NatsServerException($"nats-server was started {options.StartTimeout.TotalSeconds:0.#} s ago and {missing}. Its log:", log.Tail(50));
        }
    }

    private static async Task<NatsServerException> EndedAsync(ServerRun run, ServerLog log, CancellationToken cancellationToken)
    {
        await run.WaitForExitAsync(cancellationToken);
        return new NatsServerException($"nats-server ended while it was starting, with exit code {run.ExitCode}. Its log:", log.Tail(50));
    }
}
