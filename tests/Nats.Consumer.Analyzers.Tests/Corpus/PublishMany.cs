namespace Import;

public sealed record Line(int Number, string Text);

public sealed class Importer(IJetStream jetStream)
{
    public async Task<PublishSummary> ImportAsync(string path, CancellationToken cancellationToken) =>
        await jetStream.PublishManyAsync(ReadAsync(path, cancellationToken), new PublishWindowOptions { MaxPending = 500 }, cancellationToken);

    public Task<PublishSummary> ImportAsync(IEnumerable<Line> lines) => jetStream.PublishManyAsync(lines.Select(line => new PublishMessage<Line>("import.line", line)));

    private static async IAsyncEnumerable<PublishMessage<Line>> ReadAsync(string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int number = 0;
        await foreach (string line in File.ReadLinesAsync(path, cancellationToken))
            yield return new PublishMessage<Line>($"import.{number % 8}", new Line(++number, line));
    }
}
