using Microsoft.Extensions.Configuration;
using Nats.Consumer.Configuration;
using Nats.Consumer.Consuming;
using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests.Configuration;

public class ConsumerConfigurationTests
{
    public static TheoryData<string, string, string> Values => new()
    {
        { "Concurrency", "8", "8" },
        { "BatchSize", "50", "50" },
        { "MaxBytes", "1048576", "1048576" },
        { "MaxDeliver", "7", "7" },
        { "AckWait", "90s", "90s" },
        { "AckWait", "00:01:30", "90s" },
        { "MaxAckPending", "20", "20" },
        { "MaxAckExtension", "0", "0" },
        { "HandlerTimeout", "1.5s", "1500ms" },
        { "HandlerTimeout", "", "none" },
        { "InactiveThreshold", "7d", "7d" },
        { "OnExhausted", "terminate", "Terminate" },
        { "Delivery", "AtMostOnce", "AtMostOnce" },
        { "DeliverPolicy", "New", "New" },
        { "StartSequence", "18", "18" },
        { "StartTime", "2026-01-31T12:00:00Z", "01/31/2026 12:00:00 +00:00" },
        { "StreamName", "archive", "archive" },
        { "DurableName", "billing-eu", "billing-eu" },
        { "Subjects", "orders.a, orders.b", "orders.a, orders.b" },
        { "Subjects:0", "orders.a", "orders.a" },
        { "OrderBy", "id", "id" },
        { "MaxMessages", "5", "5" },
        { "MaxWait", "100ms", "100ms" },
        { "BackoffDelays", "1s, 5s", "00:00:01, 00:00:05" },
        { "BackoffDelays:0", "00:00:02", "00:00:02" },
        { "Retry:First", "2s", "00:00:02 × 2^n up to 00:05:00, ± 20 %" },
        { "Retry:Jitter", "0", "00:00:01 × 2^n up to 00:05:00, ± 0 %" },
    };

    public static TheoryData<string, string, string> Wrong => new()
    {
        { "Concurency", "8", "Nats:Consumers:Stub:Concurency is no setting. Did you mean 'Concurrency'?" },
        { "AckWait", "30", "Nats:Consumers:Stub:AckWait is '30', which is no time. Write it as 500ms, 30s, 5m, 1h or 7d, or as hours:minutes:seconds, as in 00:00:30." },
        { "AckWait:Seconds", "30", "Nats:Consumers:Stub:AckWait takes one value, and it has the keys Seconds." },
        { "BatchSize", "many", "Nats:Consumers:Stub:BatchSize is 'many', which is no whole number." },
        { "BatchSize", "99999999999", "Nats:Consumers:Stub:BatchSize is '99999999999', which is no whole number." },
        { "BatchSize", "0", "Nats:Consumers:Stub:BatchSize is 0; it must be at least 1." },
        { "OnExhausted", "DeadLeter", "Nats:Consumers:Stub:OnExhausted is 'DeadLeter', which is none of DeadLetter, Ack, Nak, Terminate, HandledByHandleError. Did you mean 'DeadLetter'?" },
        { "OnExhausted", "1", "Nats:Consumers:Stub:OnExhausted is '1', which is none of DeadLetter, Ack, Nak, Terminate, HandledByHandleError." },
        { "DeliverSubject", "x", "Nats:Consumers:Stub:DeliverSubject: DeliverSubject is no setting of a pull consumer, which Stub is." },
        { "BackoffDelays", "1s, soon", "Nats:Consumers:Stub:BackoffDelays has 'soon', which is no time. Write it as 500ms, 30s, 5m, 1h or 7d, or as hours:minutes:seconds, as in 00:00:30." },
        { "Retry", "5s", "Nats:Consumers:Stub:Retry takes no value but the keys First, Longest, Factor, Jitter. For a list of delays use BackoffDelays." },
        { "Retry:Frist", "5s", "Nats:Consumers:Stub:Retry:Frist is no setting. Did you mean 'First'?" },
        { "Retry:Factor", "0.5", "Nats:Consumers:Stub:Retry cannot be: First must not be negative, Longest not less than First, Factor at least 1, and Jitter from 0 to 1." },
        { "Zzz", "1", "Nats:Consumers:Stub:Zzz is no setting. There are Connection, StreamName, Subjects, " },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Consumer_Value_WinsOverTheClass(string key, string value, string shown)
    {
        ConsumerSettings settings = Read(new StubConsumer(), ($"Nats:Consumers:stub:{key}", value));

        ConsumerSettingTable.Find(key.Split(':')[0])!.Show(settings).ShouldBe(shown);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Consumer_WrongValue_NamesTheKeyAndTheRemedy(string key, string value, string message) => Should
        .Throw<ConsumerConfigurationException>(() => SettingRules.Check(Read(new StubConsumer(), ($"Nats:Consumers:Stub:{key}", value)))).Message.ShouldStartWith(message);

    [Fact]
    public void Table_EverySettingOfTheClass_CanBeSet()
    {
        string[] notConfigurable = ["Name", "Handlers", "Exceptions"];
        string[] stated = [.. new[] { typeof(PullConsumer), typeof(PushConsumer), typeof(OrderedConsumer) }.SelectMany(type => type.GetProperties()).Select(property => property.Name).Distinct()];

        ConsumerSettingTable.All.Select(setting => setting.Name).Order().ShouldBe(stated.Except(notConfigurable).Order());
    }

    [Fact]
    public void Defaults_CountWhereTheClassStatesNothing()
    {
        ConsumerSettings settings = Read(
            new StubConsumer { Parallel = 4 }, ("Nats:Defaults:Concurrency", "8"), ("Nats:Defaults:BatchSize", "10"), ("Nats:Defaults:MaxAckPending", "50"), ("Nats:Consumers:Stub:MaxAckPending", "60"));

        (settings.Concurrency, settings.BatchSize, settings.MaxAckPending).ShouldBe((4, 10, 60));
    }

    [Theory]
    [InlineData("Nats:Defaults:DurableName", "x", "Nats:Defaults:DurableName: this belongs to one consumer. Set Nats:Consumers:NAME:DurableName.")]
    [InlineData("Nats:Defaults:Ackwiat", "1s", "Nats:Defaults:Ackwiat is no setting. Did you mean 'AckWait'?")]
    [InlineData("Nats:Consumers:Stubb:BatchSize", "1", "Nats:Consumers:Stubb: there is no consumer 'Stubb'. Did you mean 'Stub'?")]
    [InlineData("Nats:Consumers:Payments:BatchSize", "1", "Nats:Consumers:Payments: there is no consumer 'Payments'. There are Stub.")]
    public void Check_WhatNothingReads_IsRefused(string key, string value, string message) =>
        Should.Throw<ConsumerConfigurationException>(() => new ConsumerConfiguration(From((key, value))).Check([new StubConsumer()])).Message.ShouldBe(message);

    private static ConsumerSettings Read(JetStreamConsumer consumer, params (string Key, string Value)[] pairs) => new ConsumerConfiguration(From(pairs)).For(consumer);

    private static IConfiguration From(params (string Key, string Value)[] pairs) =>
        new ConfigurationBuilder().AddInMemoryCollection(pairs.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Build();
}
