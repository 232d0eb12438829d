using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers.Syntax;

/// <summary>
/// NATS0004: subjects that the server or a client speaks on. Wrappers of the user's own are let be: tools for administrators call the API on purpose.
/// </summary>
internal sealed class ReservedSubject() : SubjectRule(Descriptors.NATS0004_ReservedSubject)
{
    public override void Judge(SubjectSite site, NatsOptions options, Action<Diagnostic> report)
    {
        if (site.Error is not null || site.Role == SubjectRole.Other)
            return;
        var first = site.Text.Split('.')[0];
        if (OwnerOf(first) is not { } owner)
            return;
        var refused = site.Role == SubjectRole.Stream && first is ("$JS" or "$SYS" or "$JSC" or "$NRG");
        var remedy = refused ? "The server refuses a stream on it (10052): choose another first token" : "Choose another first token";
        report(At(site.LocationOf(0, first.Length), refused ? DiagnosticSeverity.Error : Descriptor.DefaultSeverity, site.Text, first, owner, remedy));
    }

    public static bool IsReserved(SubjectSite site) => OwnerOf(site.Text.Split('.')[0]) is not null;

    private static string? OwnerOf(string first) => first switch
    {
        "$JS" => "the API of JetStream",
        "$SYS" => "the server's system account",
        "$JSC" or "$NRG" => "the server's cluster",
        "$KV" => "key-value buckets",
        "$O" => "object stores",
        "_INBOX" => "replies",
        _ => null,
    };
}
