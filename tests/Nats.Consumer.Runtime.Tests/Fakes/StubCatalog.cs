using Nats.Consumer.Handling;

namespace Nats.Consumer.Tests.Fakes;

/// <summary>A catalogue of stub handlers.</summary>
internal sealed class StubCatalog : IHandlerCatalog
{
    private readonly List<HandlerClass> _classes = [];

    public IReadOnlyList<Type> HandlerTypes => [.. _classes.Select(handler => handler.Type)];

    public IReadOnlyList<Type> ConsumerTypes => [];

    public StubCatalog With<TKind>(params string[] patterns) => Add<TKind>(patterns, fallback: false);

    public StubCatalog WithFallback<TKind>(params string[] patterns) => Add<TKind>(patterns, fallback: true);

    public HandlerClass Describe(Type handlerType) => _classes.Single(handler => handler.Type == handlerType);

    private StubCatalog Add<TKind>(string[] patterns, bool fallback)
    {
        _classes.Add(new HandlerClass(typeof(StubHandler<TKind>), [.. patterns.Select(pattern => StubHandler<TKind>.On(pattern, _ => Outcome.Ack))], fallback));
        return this;
    }
}
