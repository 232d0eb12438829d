namespace Transcoding;

public sealed class VideoConsumer : PullConsumer
{
    public override string StreamName => "videos";

    public override IReadOnlyList<string> Subjects => ["videos.uploaded"];

    public override TimeSpan AckWait => TimeSpan.FromMinutes(1);

    public override TimeSpan? HandlerTimeout => TimeSpan.FromHours(2);

    public override TimeSpan MaxAckExtension => TimeSpan.FromHours(2.5);

    public override int BatchSize => 1;

    public override int MaxDeliver => 2;

    public override IReadOnlyList<TimeSpan> BackoffDelays => [TimeSpan.FromMinutes(10)];
}

public sealed class VideoHandler(ITranscoder transcoder) : ConsumerHandler
{
    [Handle("videos.uploaded")]
    public async Task OnUploadedAsync(Video video, MessageContext message, CancellationToken cancellationToken)
    {
        var progress = new Progress<double>(done => Console.WriteLine($"{done:P0}"));
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(TimeSpan.FromMinutes(90));
        await transcoder.TranscodeAsync(video.Path, progress, deadline.Token);
    }
}

public interface ITranscoder
{
    Task TranscodeAsync(string path, IProgress<double> progress, CancellationToken cancellationToken);
}

public sealed record Video(string Path);
