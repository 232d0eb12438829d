using Microsoft.CodeAnalysis;

namespace Nats.Consumer.Analyzers.Syntax;

/// <summary>NATS0001 for a consumer or a stream with <c>Subjects => []</c>.</summary>
internal static class NothingNamed
{
    public static Diagnostic? Judge(SubjectList list)
    {
        if (!list.IsComplete || !list.Sites.IsEmpty)
            return null;
        var message = list.Role switch
        {
            SubjectRole.Consumer => "Subjects is empty, so nothing would be consumed. Name what the consumer takes, as in [\"orders.>\"].",
            SubjectRole.Stream => "The stream captures no subject. Name what it captures, or leave Subjects out: then the server takes the stream's name.",
            _ => null,
        };
        return message is null ? null : Diagnostic.Create(Descriptors.NATS0001_InvalidSubject, list.Syntax.GetLocation(), message);
    }
}
