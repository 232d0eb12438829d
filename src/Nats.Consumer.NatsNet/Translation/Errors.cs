using System.Security.Authentication;
using Nats.Consumer.Client;
using Core = NATS.Client.Core;

namespace Nats.Consumer.NatsNet.Translation;

/// <summary>The one place where errors of NATS.Net become those of <see cref="INatsConnection"/>.</summary>
internal static class Errors
{
    /// <summary>What came out of an operation on a connection that was open.</summary>
    public static Exception Of(Exception error) => error switch
    {
        Core.NatsConnectionFailedException => new NatsConnectionException($"NATS.Net has given up the connection: {error.Message}", error),
        Core.NatsTimeoutException => new NatsConnectionException("NATS.Net had no room for it within its CommandTimeout: the server does not read.", error),
        Core.NatsServerException server => new NatsServerException($"The server reports an error: '{server.Error}'."),
        Core.NatsException => new NatsException($"NATS.Net: {error.Message}", error),
        ObjectDisposedException => Disposed(error),
        OperationCanceledException => new NatsConnectionException("The connection was lost meanwhile.", error),
        _ => error,
    };

    /// <summary>What came out of connecting.</summary>
    public static Exception OfConnecting(Exception error)
    {
        if (Chain(error).OfType<Core.NatsServerException>().FirstOrDefault(server => server.IsAuthError) is { } refused)
            return new NatsAuthenticationException($"The server refused the credentials that NATS.Net has: '{refused.Error}'.");
        if (Chain(error).Any(cause => cause is AuthenticationException))
            return new NatsTlsException($"NATS.Net could not connect for TLS: {Words(error)}", error);
        return error switch
        {
            Core.NatsConnectionFailedException => new NatsConnectionException($"NATS.Net has given up the connection: {error.Message}", error),
            Core.NatsException => new NatsConnectException($"NATS.Net could not connect: {Words(error)}", error),
            ObjectDisposedException or OperationCanceledException => Disposed(error),
            _ => error,
        };
    }

    public static NatsConnectionException Disposed(Exception? error = null) => new("The connection is closed: NATS.Net's connection was disposed.", error);

    private static IEnumerable<Exception> Chain(Exception error)
    {
        for (Exception? cause = error; cause is not null; cause = cause.InnerException)
            yield return cause;
    }

    private static string Words(Exception error) => string.Join(" ← ", Chain(error).Select(cause => cause.Message));
}
