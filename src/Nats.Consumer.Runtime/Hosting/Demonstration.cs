using System.Text;
using Microsoft.Extensions.Logging;
using Nats.Consumer.Client;
using Nats.Consumer.Consuming;
using Nats.Consumer.Handling;
using Nats.Consumer.JetStream;
using Nats.Consumer.Payloads;
using Nats.Consumer.Routing;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Hosting;

/// <summary>What <c>run --demo</c> adds: an example message for each pattern of the handlers.</summary>
internal sealed class Demonstration(JetStreamPublisher publisher, PayloadSerializer payloads, ILogger logger)
{
    public async Task PublishAsync(IEnumerable<ConsumerPlan> plans, CancellationToken cancellationToken)
    {
        foreach (Route route in plans.SelectMany(plan => plan.Handlers).SelectMany(handler => handler.Routes.Routes).OrderBy(route => route.Pattern, SubjectPattern.MostSpecificFirst))
        {
            string?[] tokens = [.. route.Pattern.Tokens.Select(token => Example(token, route.Method))];
            if (tokens.Contains(null))
            {
                Log.NoExample(logger, route.Method.DisplayName, route.Pattern.Text);
                continue;
            }

            string subject = string.Join('.', tokens);
            byte[] payload = route.Method.Payload is { } type && payloads.Example(type) is { } example ? Encoding.UTF8.GetBytes(example.ToJsonString()) : "{}"u8.ToArray();
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
    }

    private static string? Example(SubjectToken token, HandlerMethod method) =>
        token.Kind == SubjectTokenKind.Literal ? token.Text
        : token.Parameter is { } name && method.TokenExamples.TryGetValue(name, out Func<string?>? example) ? example()
        : TokenExample.Text;
}
