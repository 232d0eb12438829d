#define PREMIUM
#if PREMIUM
using Subject = System.String;
#else
using Subject = System.Object;
#endif

namespace Conditional;

public sealed class EditionHandler : ConsumerHandler
{
#if PREMIUM
    [Handle("editions.premium")]
#else
    [Handle("editions..basic")]
#endif
    public Task OnEditionAsync(Subject subject) => Task.CompletedTask;

#region Others
    [Handle("editions.trial")]
    public Task OnTrialAsync() => Task.CompletedTask;
#endregion
}
