using System.Text;
using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers.Syntax;

/// <summary>NATS0005: more than the server's documentation advises. The server itself gives in at its <c>max_control_line</c>, 4 KiB by default.</summary>
internal sealed class TooLong() : SubjectRule(Descriptors.NATS0005_TooLong)
{
    private const int MostTokens = 16;
    private const int MostBytes = 255;

    public override void Judge(SubjectSite site, NatsOptions options, Action<Diagnostic> report)
    {
        if (site.Error is not null)
            return;
        var tokens = site.Text.Count(c => c == '.') + 1;
        var bytes = Encoding.UTF8.GetByteCount(site.Text);
        if (tokens > MostTokens)
            report(At(site.Location, $"{tokens} tokens", MostTokens));
        else if (bytes > MostBytes)
            report(At(site.Location, $"{bytes} bytes", MostBytes));
    }
}
