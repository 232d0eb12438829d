using System.Globalization;
using System.Text.Json;
using Nats.Consumer.Client;

namespace GitHubEvents.Demonstration;

/// <summary>A durable as the server sees it.</summary>
internal sealed record ConsumerState(long ToDeliver, long Unsettled, ulong SettledUpTo);

/// <summary>A copy in the dead-letter stream.</summary>
internal sealed record DeadLetter(ulong Sequence, string Subject, string Reason);

/// <summary>What the server itself says, by its JetStream API: JSON over request and reply.</summary>
internal sealed class ServerView(INatsConnection connection)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>What the server calls itself.</summary>
    public string Name => connection.ServerInfo is { } info ? IsInMemory ? $"in memory, as nats-server {info.VersionText}" : $"nats-server {info.VersionText}" : "?";

    /// <summary>Whether it is gone with this process, and all that is in it.</summary>
    public bool IsInMemory => connection is not NatsConnection;

    public async Task<ConsumerState?> GetConsumerAsync(string stream, string durable, CancellationToken cancellationToken)
    {
        if (await AskAsync($"CONSUMER.INFO.{stream}.{durable}", "", cancellationToken) is not { } consumer)
            return null;
        return new ConsumerState(
            consumer.GetProperty("num_pending").GetInt64(),
            consumer.GetProperty("num_ack_pending").GetInt64(),
            consumer.GetProperty("ack_floor").GetProperty("stream_seq").GetUInt64());
    }

    /// <returns>0 for a stream that does not exist.</returns>
    public async Task<ulong> GetLastSequenceAsync(string stream, CancellationToken cancellationToken) =>
        await AskAsync($"STREAM.INFO.{stream}", "", cancellationToken) is { } info ? info.GetProperty("state").GetProperty("last_seq").GetUInt64() : 0;

    public async Task<List<DeadLetter>> GetDeadLettersAsync(string stream, ulong after, CancellationToken cancellationToken)
    {
        var letters = new List<DeadLetter>();
        ulong last = await GetLastSequenceAsync(stream, cancellationToken);
        for (ulong sequence = after + 1; sequence <= last; sequence++)
        {
            if (await AskAsync($"STREAM.MSG.GET.{stream}", $$"""{"seq":{{sequence}}}""", cancellationToken) is not { } stored)
                continue;
            var headers = NatsHeaders.Parse(stored.GetProperty("message").GetProperty("hdrs").GetBytesFromBase64());
            letters.Add(new DeadLetter(
                ulong.Parse(headers["Dead-Letter-Sequence"]!, CultureInfo.InvariantCulture), headers["Dead-Letter-Subject"]!, headers["Dead-Letter-Reason"]!));
        }

        return letters;
    }

    /// <returns><see langword="null"/> when the server does not answer or has nothing of this name.</returns>
    private async Task<JsonElement?> AskAsync(string what, string body, CancellationToken cancellationToken)
    {
        NatsReply reply = await connection.RequestAsync($"$JS.API.{what}", System.Text.Encoding.UTF8.GetBytes(body), Timeout, cancellationToken: cancellationToken);
        if (!reply.IsOk)
            return null;
        JsonElement answer = JsonElement.Parse(reply.Message.Payload.Span);
        return answer.TryGetProperty("error", out _) ? null : answer;
    }
}
