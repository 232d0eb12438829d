namespace Nats.Consumer.Tests.Crashes;

/// <summary>How often workers are killed: so often by eng/soak.sh, and a quarter of that in CI.</summary>
internal static class Kills
{
    public static int Of(int soak) => Environment.GetEnvironmentVariable("NATS_SOAK") is { Length: > 0 } ? soak : soak / 4;
}
