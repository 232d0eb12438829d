using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Nats.Consumer.Configuration;
using Nats.Consumer.Consuming;
using Nats.Consumer.Handling;
using Nats.Consumer.Hosting;
using Nats.Consumer.Payloads;
using Nats.Consumer.Tests.Fakes;
using Nats.Consumer.Tests.Shapes;

namespace Nats.Consumer.Tests;

/// <summary>Payloads that can be read without reflection, and a worker that says at its start which ones cannot.</summary>
public partial class PayloadTypesTests
{
    [Fact]
    public void Plan_TypeThatTheContextDoesNotKnow_IsRefused() =>
        Should.Throw<ConsumerConfigurationException>(() => Plan(new NatsConsumersBuilder().UseJson(NumbersOnly.Default), typeof(Internal))).Message.ShouldBe(
            "Stub: Internal.OnAsync: There is no JSON metadata for Nats.Consumer.Tests.Shapes.Internal+Nested, and it is not read by reflection (a trimmed or AOT build, or options with a resolver of "
            + "their own). Add [JsonSerializable(typeof(Nested))] to a JsonSerializerContext and give it to AddNatsConsumers(nats => nats.UseJson(MyContext.Default)).");

    [Fact]
    public void Plan_BatchOfAnUnknownType_IsRefused() =>
        Should.Throw<ConsumerConfigurationException>(() => Plan(new NatsConsumersBuilder().UseJson(NumbersOnly.Default), typeof(Batches))).Message
            .ShouldStartWith("Stub: Batches.OnValuesAsync: There is no JSON metadata for Nats.Consumer.Tests.Shapes.Order, ");

    [Fact]
    public void Plan_OptionsOfTheContext_AreChecked() =>
        Should.Throw<ConsumerConfigurationException>(() => Plan(new NatsConsumersBuilder().UseJson(NumbersOnly.Default.Options), typeof(Internal)));

    [Fact]
    public void Plan_KnownTypes_Passes()
    {
        NatsConsumersBuilder nats = new NatsConsumersBuilder().UseJson(JsonTypeInfoResolver.Combine(NumbersOnly.Default, All.Default));
        Plan(nats, typeof(Parameters), typeof(Internal)).Handlers.Count.ShouldBe(2);
        Plan(nats, typeof(Batches)).Handlers.ShouldHaveSingleItem();
    }

    [Fact]
    public void Plan_ByReflection_Passes()
    {
        Plan(new NatsConsumersBuilder(), typeof(Shapes.Payloads)).Handlers.ShouldHaveSingleItem();
        Plan(new NatsConsumersBuilder().UseJson(new JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver() }), typeof(Shapes.Payloads)).Handlers.ShouldHaveSingleItem();
    }

    [Fact]
    public void UseJson_Context_IsReadInCamelCase()
    {
        var serializer = new PayloadSerializer(new NatsConsumersBuilder().UseJson(All.Default).Json);
        serializer.Read<Order>("""{"number":7}"""u8.ToArray()).ShouldBe(new Order(7));
        serializer.Read<Order>("""{"Number":7}"""u8.ToArray()).ShouldBe(new Order(7));
        serializer.Write(new Order(7)).ToArray().ShouldBe("""{"number":7}"""u8.ToArray());
    }

    [Fact]
    public void UseJson_OptionsOfTheContext_Count()
    {
        var serializer = new PayloadSerializer(new NatsConsumersBuilder().UseJson(All.Default.Options).Json);
        serializer.Write(new Order(7)).ToArray().ShouldBe("""{"Number":7}"""u8.ToArray());
    }

    private static ConsumerPlan Plan(NatsConsumersBuilder nats, params Type[] handlers)
    {
        var finder = new HandlerFinder();
        finder.AddAssembly(typeof(PayloadTypesTests).Assembly);
        var set = new ConsumerSet([new StubConsumer { HandlerTypes = handlers }], new HandlerCatalog(finder), new PayloadSerializer(nats.Json), new HostingEnvironment(), new ConsumerConfiguration(new ConfigurationBuilder().Build()));
        return set.Plan().Single();
    }

    [JsonSerializable(typeof(int))]
    [JsonSerializable(typeof(string))]
    internal sealed partial class NumbersOnly : JsonSerializerContext;

    [JsonSerializable(typeof(Order))]
    [JsonSerializable(typeof(IReadOnlyList<Order>))]
    [JsonSerializable(typeof(Internal.Nested))]
    internal sealed partial class All : JsonSerializerContext;

    private sealed class HostingEnvironment : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = "tests";

        public string ApplicationName { get; set; } = "tests";

        public string ContentRootPath { get; set; } = "/";

        public Microsoft.Extensions.FileProviders.IFileProvider ContentRootFileProvider { get; set; } = new Microsoft.Extensions.FileProviders.NullFileProvider();
    }
}
