using Microsoft.Extensions.Hosting;
using Nats.Consumer.Configuration;
using Nats.Consumer.Consuming;
using Nats.Consumer.Handling;
using Nats.Consumer.Payloads;

namespace Nats.Consumer.Hosting;

/// <summary>The consumers of the application, those of them that shall run, and whether their streams are set up first.</summary>
internal sealed class ConsumerSet(IEnumerable<JetStreamConsumer> consumers, IHandlerCatalog catalog, PayloadSerializer payloads, IHostEnvironment environment, ConsumerConfiguration configuration)
{
    private readonly List<JetStreamConsumer> _all = [.. consumers];

    /// <summary>The names of all.</summary>
    public IEnumerable<string> Names => _all.Select(consumer => consumer.Name);

    /// <summary>Names of the consumers to run; empty for all.</summary>
    public IReadOnlyList<string> Selected { get; set; } = [];

    /// <summary>Whether to apply the stream operations before consuming.</summary>
    public bool SetUpFirst { get; set; }

    /// <exception cref="ConsumerConfigurationException">There is none, or a name is not known.</exception>
    public IReadOnlyList<JetStreamConsumer> Definitions
    {
        get
        {
            if (_all.Count == 0)
                throw new ConsumerConfigurationException("The application has no consumer. Derive a class from PullConsumer, in the application or in an assembly that it references.");
            if (Selected.Count == 0)
                return _all;
            return [.. Selected.Distinct(StringComparer.OrdinalIgnoreCase).Select(Find)];
        }
    }

    /// <exception cref="ConsumerConfigurationException">A consumer can never work, or two would share a durable.</exception>
    public IReadOnlyList<ConsumerPlan> Plan()
    {
        IReadOnlyList<JetStreamConsumer> definitions = Definitions;
        configuration.Check(_all);
        ConsumerPlan[] plans = [.. definitions.Select(definition => ConsumerPlan.For(definition, configuration.For, catalog, environment.ApplicationName))];
        ConsumerPlan.CheckTogether(plans);
        foreach (ConsumerPlan plan in plans)
            CheckPayloads(plan);
        return plans;
    }

    // Every message would fail, and be tried again in vain.
    private void CheckPayloads(ConsumerPlan plan)
    {
        foreach (HandlerMethod method in plan.Handlers.SelectMany(handler => handler.Routes.Routes).Select(route => route.Method))
        {
            if (method.Payload is { } type && payloads.WhyNever(type) is { } why)
                throw new ConsumerConfigurationException($"{plan.Name}: {method.DisplayName}: {why}");
        }
    }

    private JetStreamConsumer Find(string name) =>
        _all.FirstOrDefault(consumer => consumer.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ConsumerConfigurationException($"There is no consumer '{name}'. There {(_all.Count == 1 ? "is" : "are")} {string.Join(", ", Names)}.{Suggestion.For(name, Names)}");
}
