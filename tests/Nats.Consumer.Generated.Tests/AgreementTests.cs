using Microsoft.Extensions.DependencyInjection;
using Nats.Consumer.Consuming;
using Nats.Consumer.Generated;
using Nats.Consumer.Handling;
using Nats.Consumer.Routing;
using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests;

/// <summary>The table and reflection find the same classes, describe them in the same way, refuse them in the same words and call the same methods with the same arguments.</summary>
public class AgreementTests
{
    private static readonly HandlerCatalog Table = Found();
    private static readonly ReflectionCatalog Reflection = new([typeof(AgreementTests).Assembly, typeof(Tabled.PublicHandler).Assembly, typeof(Untabled.PlainHandler).Assembly]);

    public static TheoryData<Type> Handlers => [.. Reflection.HandlerTypes];

    [Fact]
    public void Classes_AreTheSame()
    {
        Table.HandlerTypes.ShouldBe(Reflection.HandlerTypes);
        Table.ConsumerTypes.ShouldBe(Reflection.ConsumerTypes);
        Table.HandlerTypes.Count.ShouldBeGreaterThan(50);
        Table.ConsumerTypes.Count.ShouldBeGreaterThan(5);
    }

    [Theory]
    [MemberData(nameof(Handlers))]
    public void Description_IsTheSame(Type type) => Text(() => Table.Describe(type)).ShouldBe(Text(() => Reflection.Describe(type)));

    [Theory]
    [MemberData(nameof(Handlers))]
    public async Task Calls_AreTheSame(Type type)
    {
        if (Text(() => Reflection.Describe(type)).StartsWith("refused", StringComparison.Ordinal))
            return;
        foreach ((Route fromTable, Route fromReflection) in Table.Describe(type).Routes.Routes.Zip(Reflection.Describe(type).Routes.Routes))
        {
            foreach (string payload in (string[])["""{"number":7,"x":1,"y":2}""", "[]", "[{\"number\":8}]", "5", "\"text\"", "null", "", "no json"])
            {
                foreach (string token in (string[])["7", "x"])
                    (await CallAsync(type, fromTable, token, payload)).ShouldBe(await CallAsync(type, fromReflection, token, payload));
            }
        }
    }

    private static HandlerCatalog Found()
    {
        var finder = new HandlerFinder();
        finder.AddAssembly(typeof(AgreementTests).Assembly);
        return new HandlerCatalog(finder);
    }

    private static string Text(Func<HandlerClass> describe)
    {
        try
        {
            HandlerClass handler = describe();
            IEnumerable<string> routes = handler.Routes.Routes.Select(route =>
                $"{route.Pattern.Text} -> {route.Method.DisplayName} [{string.Join(", ", route.Method.Patterns)}] ({string.Join(", ", route.Method.TokenParameters)}) {route.Method.Payload} [{string.Join(", ", route.Method.TokenExamples.Select(example => $"{example.Key} {example.Value()}"))}]");
            return string.Join("\n", routes.Prepend($"{handler.Type.FullName} fallback {handler.OverridesFallback}"));
        }
        catch (Exception e)
        {
            return $"refused {e.GetType().Name}: {e.Message}";
        }
    }

    private static async Task<string> CallAsync(Type type, Route route, string token, string payload)
    {
        string subject = string.Join('.', route.Pattern.Tokens.Select(part => part.Text is [] or "*" or ">" || part.Parameter is not null ? token : part.Text));
        InboundMessage message = new Lane().Message(subject, payload);
        message.Route = route;
        using var source = new CancellationTokenSource();
        List<string> seen = Seen.Start();
        string result;
        try
        {
            var handler = (ConsumerHandler)ActivatorUtilities.CreateInstance(new ServiceCollection().BuildServiceProvider(), type);
            result = route.Method.InvokeBatch is { } invokeBatch
                ? await CallAsync(invokeBatch, handler, new MessageContext(message), source.Token)
                : (await route.Method.Invoke(handler, new MessageContext(message), route, source.Token)).ToString();
        }
        catch (Exception e)
        {
            result = $"{e.GetType().Name}: {e.Message}";
        }

        return $"{string.Join("; ", seen)} => {result}";
    }

    private static async Task<string> CallAsync(HandlerTableBatchInvoker invoke, ConsumerHandler handler, MessageContext message, CancellationToken cancellationToken)
    {
        var batch = new HandlerBatch([message, message]);
        IReadOnlyList<Outcome>? outcomes = await invoke(handler, batch, cancellationToken);
        return $"{(outcomes is null ? "all" : string.Join(", ", outcomes))}; poison: {string.Join(", ", batch.Poison.Select(poison => poison.Error.Message))}";
    }
}
