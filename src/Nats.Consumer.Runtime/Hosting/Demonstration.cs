using System.Text;
using Microsoft.Extensions.Logging;
using Nats.Consumer.Client;
using Nats.Consumer.Handling;
using Nats.Consumer.JetStream;
using Nats.Consumer.Payloads;
using Nats.Consumer.Routing;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Hosting;

/// <summary>What <c>run --demo</c> adds: an example message for each pattern of the handlers, and an end when all of them are settled.</summary>
internal sealed class Demonstration(IReadOnlyList<WorkerSession> sessions, PayloadSerializer payloads, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>Completes when every example is handled, given up or dropped; what is tried again is waited for.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (WorkerSession session in sessions)
            await PublishAsync(session, cancellationToken).ConfigureAwait(false);
        foreach (WorkerSession session in sessions)
        {
            do
                await Task.Delay(Interval, time, cancellationToken).ConfigureAwait(false);
            while (!await session.IsSettledAsync(cancellationToken).ConfigureAwait(false));
        }

        Log.Demonstrated(logger);
    }

    private async Task PublishAsync(WorkerSession session, CancellationToken cancellationToken)
    {
        foreach (Route route in session.Plans.SelectMany(plan => plan.Handlers).SelectMany(handler => handler.Routes.Routes).OrderBy(route => route.Pattern, SubjectPattern.MostSpecificFirst))
        {
            string?[] tokens = [.. route.Pattern.Tokens.Select(token => Example(token, route.Method))];
            if (tokens.Contains(null))
                Log.NoExample(logger, route.Method.DisplayName, route.Pattern.Text);
            else
                await PublishAsync(session.Publisher, string.Join('.', tokens), route.Method, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task PublishAsync(JetStreamPublisher publisher, string subject, HandlerMethod method, CancellationToken cancellationToken)
    {
        byte[] payload = method.Payload is { } type && payloads.Example(type) is { } example ? Encoding.UTF8.GetBytes(example.ToJsonString()) : "{}"u8.ToArray();
        try
        {
            await publisher.PublishAsync(subject, payload, null, cancellationToken).ConfigureAwait(false);
            Log.Example(logger, subject, Encoding.UTF8.GetString(payload));
        }
        catch (NatsException e)
        {
            Log.ExampleFailed(logger, subject, e.Message);
        }
    }

    private static string? Example(SubjectToken token, HandlerMethod method) =>
        token.Kind == SubjectTokenKind.Literal ? token.Text
        : token.Parameter is { } name && method.TokenExamples.TryGetValue(name, out Func<string?>? example) ? example()
        : TokenExample.Text;
}
