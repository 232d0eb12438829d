namespace Nats.Consumer.Client.Tests.Support;

/// <summary>Waits for what has to happen. The deadline is only ever reached by a test that fails.</summary>
internal static class Soon
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);

    public static Task WithinDeadline(this Task task) => task.WaitAsync(Deadline);

    public static Task<T> WithinDeadline<T>(this Task<T> task) => task.WaitAsync(Deadline);

    public static Task WithinDeadline(this ValueTask task) => task.AsTask().WaitAsync(Deadline);

    public static Task<T> WithinDeadline<T>(this ValueTask<T> task) => task.AsTask().WaitAsync(Deadline);

    public static async Task HoldsAsync(Func<bool> condition, string what, TimeSpan? within = null)
    {
        long deadline = Environment.TickCount64 + (long)(within ?? Deadline).TotalMilliseconds;
        while (!condition())
        {
            (Environment.TickCount64 < deadline).ShouldBeTrue($"this did not come true in time: {what}");
            await Task.Delay(2);
        }
    }
}
