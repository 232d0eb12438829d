using System.Diagnostics;

namespace Nats.Consumer.Testing.Tests;

public class OrphanGuardTests
{
    [Fact]
    public async Task Guard_OwnerEnds_KillsWhatIsWatched()
    {
        using var watched = Sleep();
        using var forgotten = Sleep();
        using var watchedToo = Sleep();
        var guard = OrphanGuard.Create();
        guard.Watch(watched.Id);
        guard.Watch(forgotten.Id);
        guard.Watch(watchedToo.Id);
        guard.Forget(forgotten.Id);

        guard.Dispose();

        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await watched.WaitForExitAsync(deadline.Token);
        await watchedToo.WaitForExitAsync(deadline.Token);
        forgotten.HasExited.ShouldBeFalse();
        forgotten.Kill();
        await forgotten.WaitForExitAsync(deadline.Token);
    }

    private static Process Sleep() => Process.Start("sleep", "60");
}
