using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Nats.Consumer.Analyzers.Migration;

/// <summary>
/// Literals that may be old subjects and stand where nothing says so: in an array that is published from later, in a constant, in a dictionary. What they are is not known, so they are only counted for NATS0610.
/// </summary>
internal sealed class PlainTexts
{
    private static readonly char[] Separators = NatsOptions.DefaultForbiddenSeparators.ToCharArray();
    private readonly ConcurrentBag<(string Text, Location Location)> _found = [];

    // By operations, of which the rules ask for others anyway; a walk through all syntax nodes would be one more.
    public void Register(CompilationStartAnalysisContext context) => context.RegisterOperationAction(
        operation =>
        {
            if (operation.Operation is { ConstantValue.Value: string text, Syntax: var syntax } && MayBeOldSubject(text))
                _found.Add((text, syntax.GetLocation()));
        },
        OperationKind.Literal);

    /// <summary>Where a text stands, but for the places that are known to be subjects, in the order of the source.</summary>
    public IEnumerable<Location> Of(string text, IEnumerable<SubjectSite> known)
    {
        var found = _found.Where(literal => literal.Text == text).Select(literal => literal.Location).ToList();
        return found.Count == 0 ? [] : SourceOrder.Of(found.Except(known.Where(site => site.Text == text).Select(site => site.Location)), location => location);
    }

    // There are many literals in a program, and few of these.
    private static bool MayBeOldSubject(string text) => text.IndexOfAny(Separators) > 0 && text.IndexOf('.') < 0 && text.IndexOf(' ') < 0;
}
