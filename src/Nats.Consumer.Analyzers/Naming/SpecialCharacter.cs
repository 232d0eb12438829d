using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers.Naming;

/// <summary>NATS0105: <c>orders.50%</c>. What another rule takes for a separator is left to it.</summary>
internal sealed class SpecialCharacter() : NamingRule(Descriptors.NATS0105_SpecialCharacter)
{
    protected override void JudgeName(SubjectSite site, NatsOptions options, Action<Diagnostic> report)
    {
        foreach (var (token, position) in site.Words)
        {
            for (var i = 0; i < token.Length; i++)
            {
                if (IsPlain(token[i]) || options.ForbiddenSeparators.IndexOf(token[i]) >= 0)
                    continue;
                // Letters of other alphabets are a matter of taste; one finding for each token says enough.
                var isLetter = token[i] > '\u007f' && char.IsLetterOrDigit(token[i]);
                var length = char.IsHighSurrogate(token[i]) ? 2 : 1;
                report(At(site.LocationOf(position + i, length), isLetter ? DiagnosticSeverity.Info : Descriptor.DefaultSeverity, site.Text, token.Substring(i, length)));
                break;
            }
        }
    }

    private static bool IsPlain(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_';
}
