using System.IO.Compression;

namespace Files;

public sealed class ArchiveHandler : ConsumerHandler
{
    [Handle("files.{name}.uploaded")]
    public async Task OnUploadedAsync(string name, MessageContext message, CancellationToken cancellationToken)
    {
        if (File.Exists(name) || Directory.Exists(name))
            return;
        await using FileStream file = File.Create(Path.Combine(Path.GetTempPath(), name));
        await using var gzip = new GZipStream(file, CompressionLevel.Fastest);
        await gzip.WriteAsync(message.Payload, cancellationToken);
        await gzip.FlushAsync(cancellationToken);
    }

    [Handle("files.{name}.deleted")]
    public Task OnDeletedAsync(string name)
    {
        File.Delete(name);
        return Task.CompletedTask;
    }
}
