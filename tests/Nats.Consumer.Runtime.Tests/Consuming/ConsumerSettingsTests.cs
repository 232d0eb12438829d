using Nats.Consumer.Consuming;
using Nats.Consumer.Tests.Fakes;

namespace Nats.Consumer.Tests.Consuming;

public class ConsumerSettingsTests
{
    [Fact]
    public void Check_TooSmall_NamesTheSettingAndItsLeast()
    {
        Refused(new StubConsumer { Attempts = 0 }).ShouldBe("MaxDeliver is 0; it must be at least 1.");
        Refused(new StubConsumer { Outstanding = -1 }).ShouldBe("MaxAckPending is -1; it must be at least 1.");
        Refused(new StubConsumer { Parallel = 0 }).ShouldBe("Concurrency is 0; it must be at least 1.");
        Refused(new StubConsumer { Batch = 0 }).ShouldBe("BatchSize is 0; it must be at least 1.");
        Refused(new StubConsumer { Wait = TimeSpan.FromMilliseconds(9) }).ShouldBe("AckWait is 00:00:00.0090000; it must be at least 10 ms, and longer than a handler takes.");
    }

    [Fact]
    public void Check_NegativeBackoff_IsRefused() =>
        Should.Throw<ArgumentException>(() => Check(new StubConsumer { Backoff = [TimeSpan.FromSeconds(-1)] })).Message.ShouldStartWith("A retry delay cannot be negative.");

    [Fact]
    public void Check_LeastAndMost_AreFine()
    {
        Should.NotThrow(() => Check(new StubConsumer { Attempts = 1, Outstanding = 1, Parallel = 1, Batch = 1, Wait = TimeSpan.FromMilliseconds(10) }));
        Should.NotThrow(() => Check(new StubConsumer { Attempts = int.MaxValue, Batch = int.MaxValue, Wait = TimeSpan.MaxValue }));
    }

    [Fact]
    public void Retry_Backoff_IsTheListElseTheDefault()
    {
        new StubConsumer { Backoff = [] }.Retry.ShouldBeSameAs(RetryPolicy.Default);
        new StubConsumer { Backoff = [TimeSpan.FromSeconds(4)] }.Retry.DelayAfter(9, 0).ShouldBe(TimeSpan.FromSeconds(4));
    }

    private static string Refused(StubConsumer consumer) => Should.Throw<ConsumerConfigurationException>(() => Check(consumer)).Message;

    private static void Check(StubConsumer consumer) => SettingRules.Check(ConsumerSettings.Of(consumer));
}
