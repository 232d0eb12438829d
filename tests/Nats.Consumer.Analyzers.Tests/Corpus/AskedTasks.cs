namespace Lazy;
public sealed record Report(string Result);
public sealed class Wrapper { public string Result => "x"; public void Wait() { } }
public sealed class ReportHandler(Lazy<Task<Report>> template) : ConsumerHandler
{
    private Task<Report>? _last;
    [Handle("reports.asked")]
    public async Task OnAskedAsync(Report report, CancellationToken cancellationToken)
    {
        Console.WriteLine(report.Result);
        var wrapper = new Wrapper();
        wrapper.Wait();
        Console.WriteLine(wrapper.Result);
        _last = template.Value;
        await _last.WaitAsync(cancellationToken);
        Console.WriteLine(_last.Result);
        if (this._last is { IsCompletedSuccessfully: true } done)
            Console.WriteLine(done.Result);
        await (_last ?? Task.FromResult(report)).ConfigureAwait(false);
        var other = template.Value;
        if (await Task.WhenAny(other, Task.Delay(1000, cancellationToken)) == other)
            Console.WriteLine(other.Result);
    }
    [Handle("reports.cached")]
    public ValueTask OnCachedAsync(CancellationToken cancellationToken)
    {
        ValueTask<Report> task = LoadAsync(cancellationToken);
        if (task.IsCompletedSuccessfully)
        {
            Console.WriteLine(task.Result);
            return default;
        }
        return Slow(task);
        static async ValueTask Slow(ValueTask<Report> task) => Console.WriteLine(await task);
    }
    private static ValueTask<Report> LoadAsync(CancellationToken cancellationToken) => cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<Report>(cancellationToken) : new(new Report(""));
}
