using Nats.Consumer.Subjects;

namespace Nats.Consumer.CommandLine;

/// <summary>Who stores a subject on the server, and who gets it from there.</summary>
/// <param name="Streams">The streams that capture it, with how many messages of it each holds.</param>
/// <param name="Consumers">Their consumers that filter for it, with their states.</param>
internal sealed record ServerView(IReadOnlyList<(StreamInfo Stream, long Messages)> Streams, IReadOnlyList<ConsumerInfo> Consumers)
{
    public static async Task<ServerView> OfAsync(IJetStream jetStream, string subject, CancellationToken cancellationToken)
    {
        var streams = new List<(StreamInfo, long)>();
        var consumers = new List<ConsumerInfo>();
        await foreach (string name in jetStream.ListStreamNamesAsync(subject, cancellationToken).ConfigureAwait(false))
        {
            if (await jetStream.GetStreamAsync(name, new StreamInfoOptions { SubjectsFilter = subject }, cancellationToken).ConfigureAwait(false) is not { } stream)
                continue;
            streams.Add((stream, stream.State.Subjects.GetValueOrDefault(subject)));
            await foreach (ConsumerInfo consumer in jetStream.ListConsumersAsync(name, cancellationToken).ConfigureAwait(false))
            {
                if (Takes(consumer, subject))
                    consumers.Add(consumer);
            }
        }

        return new ServerView(streams, consumers);
    }

    public static bool Takes(ConsumerInfo consumer, string subject) => consumer.Config.FilterSubjects is not { Count: > 0 } filters
        || filters.Any(filter => SubjectPattern.TryParse(filter, out SubjectPattern? pattern, out _) && pattern.Matches(subject));
}
