using System.Collections.Immutable;
using Nats.Consumer.Handling;
using Nats.Consumer.JetStream;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Consuming;

/// <summary>What a consumer class amounts to, checked before any server is asked.</summary>
internal sealed class ConsumerPlan
{
    private ConsumerPlan(ConsumerSettings settings, string durable, IReadOnlyList<HandlerClass> handlers, IReadOnlyList<SubjectPattern> subjects, LaneKey? laneKey)
    {
        LaneKey = laneKey;
        Live = new LiveSettings(settings);
        Durable = durable;
        Handlers = handlers;
        Subjects = subjects;
    }

    public JetStreamConsumer Definition => Live.Current.Definition;

    /// <summary>The settings, some of which may change while the consumer runs.</summary>
    public LiveSettings Live { get; }

    public ConsumerSettings Settings => Live.Current;

    public string Name => Settings.Name;

    public string Stream => Settings.StreamName;

    public string Durable { get; }

    /// <summary>The handler classes in the order in which they run.</summary>
    public IReadOnlyList<HandlerClass> Handlers { get; }

    /// <summary>What is wanted from the stream: the minimal cover of what the handlers take within the consumer's subjects.</summary>
    public IReadOnlyList<SubjectPattern> Subjects { get; }

    /// <summary>Whether messages are handled several at a time.</summary>
    public bool HasBatches => Handlers.Any(HasBatch);

    /// <summary>By what messages stay in order; <see langword="null"/> where they need not.</summary>
    public LaneKey? LaneKey { get; }

    /// <exception cref="ConsumerConfigurationException">The consumer can never work as it is.</exception>
    public static ConsumerPlan For(JetStreamConsumer definition, IHandlerCatalog catalog, string applicationName) =>
        For(definition, ConsumerSettings.Of, catalog, applicationName);

    /// <exception cref="ConsumerConfigurationException">The consumer can never work as it is.</exception>
    public static ConsumerPlan For(JetStreamConsumer consumer, Func<JetStreamConsumer, ConsumerSettings> configure, IHandlerCatalog catalog, string applicationName)
    {
        string name = consumer.Name;
        try
        {
            ConsumerSettings definition = configure(consumer);
            JetStreamName.ThrowIfInvalid(definition.StreamName, "stream");
            string durable = definition.DurableName ?? DurableNames.Derive(applicationName, consumer.GetType().Name);
            JetStreamName.ThrowIfInvalid(durable, "durable");
            SettingRules.Check(definition);
            IReadOnlyList<SubjectPattern> subjects = ParseSubjects(definition);
            IReadOnlyList<HandlerClass> handlers = FindHandlers(consumer, subjects, catalog);
            CheckBatches(definition, handlers);
            LaneKey? laneKey = definition.OrderBy is { } token ? LaneKeys.ByToken(token, subjects) : null;
            return new ConsumerPlan(definition, durable, handlers, Cover(handlers, subjects), laneKey);
        }
        catch (Exception e) when (e is ArgumentException or ConsumerConfigurationException)
        {
            throw new ConsumerConfigurationException($"{name}: {e.Message}", e);
        }
    }

    /// <exception cref="ConsumerConfigurationException">Two of them would share a durable.</exception>
    public static void CheckTogether(IEnumerable<ConsumerPlan> plans)
    {
        foreach (IGrouping<(string, string, string?), ConsumerPlan> same in plans.GroupBy(plan => (plan.Stream, plan.Durable, plan.Settings.Connection?.ToUpperInvariant())).Where(group => group.Count() > 1))
        {
            throw new ConsumerConfigurationException(
                $"{string.Join(" and ", same.Select(plan => plan.Name))} would share the durable '{same.Key.Item2}' on stream '{same.Key.Item1}' and take each other's messages. "
                + "Give each a DurableName of its own.");
        }
    }

    private static bool HasBatch(HandlerClass handler) => handler.Routes.Routes.Any(route => route.Method.InvokeBatch is not null);

    private static void CheckBatches(ConsumerSettings definition, IReadOnlyList<HandlerClass> handlers)
    {
        if (handlers.FirstOrDefault(HasBatch) is not { } batch)
            return;
        string name = TypeNames.Of(batch.Type);
        if (handlers.Count > 1)
            throw new ConsumerConfigurationException($"{name} takes batches, and then it must be the only handler class of its consumer. Name it in Handlers, and give the others a consumer of their own.");
        if (definition.Definition is OrderedConsumer || definition.OrderBy is not null)
            throw new ConsumerConfigurationException($"{name} takes batches, which {(definition.Definition is OrderedConsumer ? "an ordered consumer" : "a consumer with OrderBy")} does not make. Take one message at a time.");
    }

    private static List<SubjectPattern> ParseSubjects(ConsumerSettings definition)
    {
        var subjects = new List<SubjectPattern>();
        foreach (string text in definition.Subjects)
        {
            if (!SubjectPattern.TryParse(text, out SubjectPattern? pattern, out SubjectError? error))
                throw new ConsumerConfigurationException($"{definition.NameOf(nameof(definition.Subjects))}: {error.Message}");
            subjects.Add(pattern);
        }

        return subjects.Count > 0 ? subjects : throw new ConsumerConfigurationException("Subjects is empty, so nothing would be consumed. Name what the consumer takes, as in [\"orders.>\"].");
    }

    private static HandlerClass[] FindHandlers(JetStreamConsumer definition, IReadOnlyList<SubjectPattern> subjects, IHandlerCatalog catalog)
    {
        if (definition.Handlers.Count > 0)
        {
            foreach (Type type in definition.Handlers.Where(type => !type.IsAssignableTo(typeof(ConsumerHandler)) || type.IsAbstract || type.ContainsGenericParameters))
                throw new ConsumerConfigurationException($"Handlers names {TypeNames.Of(type)}, of which no instance can be made. Name classes that derive from ConsumerHandler and are neither abstract nor open generics.");
            HandlerClass[] stated = [.. definition.Handlers.Distinct().Select(catalog.Describe)];
            foreach (HandlerClass handler in stated.Where(handler => !handler.OverridesFallback && !Takes(handler, subjects)))
            {
                throw new ConsumerConfigurationException(
                    $"{TypeNames.Of(handler.Type)} takes nothing of what the consumer takes ({string.Join(", ", subjects)}), so it would never be called. Change Subjects or the handler's [Handle].");
            }

            return stated;
        }

        HandlerClass[] found = [.. catalog.HandlerTypes.Select(catalog.Describe).Where(handler => Takes(handler, subjects))];
        return found.Length > 0
            ? found
            : throw new ConsumerConfigurationException(
                $"no handler of the application takes anything of {string.Join(", ", subjects)}. Write a ConsumerHandler with a [Handle] for it, or name the handlers in Handlers.");
    }

    private static bool Takes(HandlerClass handler, IReadOnlyList<SubjectPattern> subjects) =>
        handler.Routes.Routes.Any(route => subjects.Any(subject => subject.Overlaps(route.Pattern)));

    private static ImmutableArray<SubjectPattern> Cover(IReadOnlyList<HandlerClass> handlers, IReadOnlyList<SubjectPattern> subjects)
    {
        // A handler with a fallback of its own wants what no method takes as well.
        if (handlers.Any(handler => handler.OverridesFallback))
            return PatternSet.MinimalCover(subjects);
        var taken = new List<SubjectPattern>();
        foreach (SubjectPattern pattern in handlers.SelectMany(handler => handler.Routes.Routes).Select(route => route.Pattern))
        {
            foreach (SubjectPattern subject in subjects)
            {
                if (subject.TryIntersect(pattern, out SubjectPattern? common))
                    taken.Add(common);
            }
        }

        return PatternSet.MinimalCover(taken);
    }
}
