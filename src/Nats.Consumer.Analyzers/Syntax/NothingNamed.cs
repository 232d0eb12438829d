using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nats.Consumer.Analyzers.Syntax;

/// <summary>NATS0001 for a list without any subject: [Handle()], or a consumer or a stream with <c>Subjects => []</c>.</summary>
internal static class NothingNamed
{
    public static Diagnostic? Judge(SubjectList list)
    {
        if (!list.IsComplete || !list.Sites.IsEmpty)
            return null;
        var message = list.Role switch
        {
            SubjectRole.Handler => "[Handle] names no subject. Give it one, as in [Handle(\"orders.created\")].",
            SubjectRole.Consumer => "Subjects is empty, so nothing would be consumed. Name what the consumer takes, as in [\"orders.>\"].",
            SubjectRole.Stream => "The stream captures no subject. Name what it captures, or leave Subjects out: then the server takes the stream's name.",
            _ => null,
        };
        var syntax = list.Syntax.FirstAncestorOrSelf<AttributeSyntax>() ?? list.Syntax;
        return message is null ? null : Diagnostic.Create(Descriptors.NATS0001_InvalidSubject, syntax.GetLocation(), message);
    }
}
