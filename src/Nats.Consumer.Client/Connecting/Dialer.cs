using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Nats.Consumer.Client.Connecting;

/// <summary>Opens sessions: one round over the servers, or rounds until one answers.</summary>
internal sealed class Dialer(ServerPool pool, NatsConnectionOptions options, Func<double> random, ILogger logger)
{
    /// <summary>Tries every server once.</summary>
    /// <param name="last">The server that was connected to before; tried last.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="NatsAuthenticationException">No server took the connection, and at least one refused the credentials.</exception>
    /// <exception cref="NatsTlsException">No server took the connection, and at least one failed for TLS.</exception>
    /// <exception cref="NatsConnectException">No server took the connection.</exception>
    public async Task<Session> ConnectAsync(ServerAddress? last, CancellationToken cancellationToken) =>
        await TryEachAsync(pool.Round(last), cancellationToken).ConfigureAwait(false);

    /// <summary>Tries another server than the one that is about to go.</summary>
    /// <returns>The session; <see langword="null"/> when there is no other server or none takes the connection.</returns>
    public async Task<Session?> ConnectElsewhereAsync(ServerAddress leaving, CancellationToken cancellationToken)
    {
        ServerAddress[] others = [.. pool.Round(leaving).Where(server => !server.IsSamePlace(leaving))];
        if (others.Length == 0)
            return null;
        try
        {
            return await TryEachAsync(others, cancellationToken).ConfigureAwait(false);
        }
        catch (NatsException e)
        {
            Log.CannotReconnect(logger, e.Message);
            return null;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Tries until a server takes the connection.</summary>
    /// <param name="last">The server that was connected to before.</param>
    /// <param name="since">When the connection was lost, as a timestamp of the clock.</param>
    /// <param name="shortLived">How many connections in a row were lost as soon as they stood.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="NatsAuthenticationException">The credentials were refused twice with the same text.</exception>
    public async Task<Session> ReconnectAsync(ServerAddress last, long since, int shortLived, CancellationToken cancellationToken)
    {
        if (shortLived > 0)
            await Task.Delay(ReconnectDelay.AfterShortLives(shortLived, options.MaxReconnectDelay, random()), options.TimeProvider, cancellationToken).ConfigureAwait(false);
        string? lastRefusal = null;
        string? lastTlsError = null;
        while (true)
        {
            try
            {
                return await ConnectAsync(last, cancellationToken).ConfigureAwait(false);
            }
            catch (NatsConnectException e)
            {
                lastRefusal = null;
                Log.CannotReconnect(logger, e.Message);
            }
            catch (NatsTlsException e)
            {
                // No end: what is wrong may be put right on the server. But said aloud, once.
                if (e.Message != lastTlsError)
                    Log.TlsFailed(logger, e.Message);
                (lastRefusal, lastTlsError) = (null, e.Message);
            }
            catch (NatsAuthenticationException e) when (e.Message != lastRefusal)
            {
                // Once may be a server that is still starting; the same refusal twice is an answer.
                lastRefusal = e.Message;
                Log.CannotReconnect(logger, e.Message);
            }

            TimeSpan outage = options.TimeProvider.GetElapsedTime(since);
            await Task.Delay(ReconnectDelay.For(outage, options.MaxReconnectDelay, random()), options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Session> TryEachAsync(IReadOnlyList<ServerAddress> servers, CancellationToken cancellationToken)
    {
        var failures = new List<string>();
        NatsAuthenticationException? refusal = null;
        NatsTlsException? tlsError = null;
        foreach (ServerAddress server in servers)
        {
            try
            {
                Session session = await Session.OpenAsync(server, options, cancellationToken).ConfigureAwait(false);
                pool.Learn(session.Info, server);
                return session;
            }
            catch (NatsAuthenticationException e)
            {
                refusal ??= e;
            }
            catch (Exception e) when (e is SocketException or IOException or TimeoutException or NatsException and not NatsConnectException) // that one is about ourselves: the credentials cannot be had now
            {
                failures.Add($"{server}: {e.Message.TrimEnd('.')}");
                tlsError ??= e as NatsTlsException;
            }
        }

        if (refusal is not null)
            throw refusal;
        string all = string.Join("; ", failures);
        throw tlsError is null
            ? new NatsConnectException($"No NATS server could be reached ({all}).")
            : new NatsTlsException($"No NATS server could be connected to with TLS ({all}).", tlsError);
    }
}
