using System.Diagnostics;

namespace Nats.Consumer.Tests.Servers;

/// <summary>Waits for a condition, never for a time.</summary>
internal static class Until
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    public static Task TrueAsync(Func<bool> condition, string what, double seconds = 10) => TrueAsync(() => Task.FromResult(condition()), () => what, seconds);

    public static Task TrueAsync(Func<bool> condition, Func<string> what, double seconds = 10) => TrueAsync(() => Task.FromResult(condition()), what, seconds);

    public static Task TrueAsync(Func<Task<bool>> condition, string what, double seconds = 10) => TrueAsync(condition, () => what, seconds);

    public static async Task TrueAsync(Func<Task<bool>> condition, Func<string> what, double seconds = 10)
    {
        long begin = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(begin).TotalSeconds > seconds)
                Assert.Fail($"Not within {seconds} s: {what()}");
            await Task.Delay(Pause);
        }
    }
}
