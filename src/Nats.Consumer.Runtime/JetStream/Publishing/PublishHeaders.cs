using System.Globalization;
using Nats.Consumer.Client;

namespace Nats.Consumer.JetStream;

/// <summary>Options of a publish as the headers that the server reads.</summary>
internal static class PublishHeaders
{
    // Older servers ignore the header: the message would stay for ever, and nobody would know.
    private static readonly Version WithTimeToLive = new(2, 11, 0);

    /// <exception cref="JetStreamException">The server cannot do what is asked.</exception>
    public static NatsHeaders? From(PublishOptions? options, INatsConnection connection)
    {
        if (options is null)
            return null;
        if (options is { MessageId: null, ExpectedStream: null, ExpectedLastSequence: null, ExpectedLastSubjectSequence: null, ExpectedLastMessageId: null, TimeToLive: null })
            return options.Headers;
        if (options.MessageId is { Length: 0 })
            throw new ArgumentException("The message id is empty; the server would treat the message as one without.", nameof(options));

        var headers = new NatsHeaders();
        foreach (KeyValuePair<string, string> header in options.Headers ?? [])
            headers.Add(header.Key, header.Value);
        Set(headers, HeaderNames.MessageId, options.MessageId);
        Set(headers, HeaderNames.ExpectedStream, options.ExpectedStream);
        Set(headers, HeaderNames.ExpectedLastSequence, Text(options.ExpectedLastSequence));
        Set(headers, HeaderNames.ExpectedLastSubjectSequence, Text(options.ExpectedLastSubjectSequence));
        Set(headers, HeaderNames.ExpectedLastMessageId, options.ExpectedLastMessageId);
        if (options.TimeToLive is { } timeToLive)
            Set(headers, HeaderNames.TimeToLive, Text(timeToLive, connection.ServerInfo));
        return headers;
    }

    private static void Set(NatsHeaders headers, string name, string? value)
    {
        if (value is null)
            return;
        if (headers.TryGetValue(name, out _))
            headers[name] = value;
        else
            headers.Add(name, value);
    }

    private static string? Text(ulong? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string Text(TimeSpan timeToLive, NatsServerInfo? server)
    {
        if (server is not null && server.Version < WithTimeToLive)
        {
            throw new JetStreamException(
                $"nats-server '{server.ServerName}' ({server.VersionText}) does not know a time to live for a message and would keep it. Use 2.11 or later, or the MaxAge of the stream.");
        }

        if (timeToLive == Timeout.InfiniteTimeSpan)
            return "never";
        ArgumentOutOfRangeException.ThrowIfLessThan(timeToLive, TimeSpan.FromSeconds(1), nameof(PublishOptions.TimeToLive));
        return ((long)Math.Ceiling(timeToLive.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }
}
