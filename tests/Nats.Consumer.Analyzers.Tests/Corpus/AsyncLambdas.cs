namespace Media.Transcoding;

public sealed record Upload(Uri Source, string[] Formats);

public sealed class UploadHandler(Func<Uri, string, CancellationToken, Task> transcode) : ConsumerHandler
{
    [Handle("media.uploads.added")]
    public async Task OnAddedAsync(Upload upload, MessageContext message, CancellationToken cancellationToken)
    {
        await Parallel.ForEachAsync(upload.Formats, cancellationToken, async (format, stop) =>
        {
            await transcode(upload.Source, format, stop);
            await message.InProgressAsync(stop);
        });
        Func<Task> done = async () => await transcode(upload.Source, "thumbnail", cancellationToken);
        await done();
    }

    [Handle("media.uploads.cancelled")]
    public Task<Outcome> OnCancelledAsync(Upload upload) => Task.Run(async () =>
    {
        await Task.Yield();
        return upload.Formats.Length > 0 ? Outcome.Ack : Outcome.DeadLetter("There is nothing to cancel.");
    });
}
