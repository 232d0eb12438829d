using Nats.Consumer.Testing;

namespace Nats.Consumer.Tests.Subjects;

/// <summary>A nats-server of our own for one test. The test is skipped where there is none.</summary>
internal static class ServerUnderTest
{
    public static Task<NatsServerProcess> StartAsync()
    {
        Assert.SkipUnless(NatsServerBinary.TryFind(out _), "No nats-server found: run eng/nats-server.sh, set NATS_SERVER, or put nats-server on PATH.");
        return NatsServerProcess.StartAsync();
    }
}
