using Microsoft.CodeAnalysis;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Analyzers.Routing;

/// <summary>
/// NATS0201: the same subject twice in a class, which the runtime refuses at start. Patterns that differ in the names of parameters only are the same to the
/// server; that case is NATS0202, because the texts do not show it.
/// </summary>
internal static class DuplicateSubject
{
    public static void Judge(HandlerModel model, Action<Diagnostic> report)
    {
        var first = new Dictionary<SubjectPattern, HandlerPattern>();
        foreach (var pattern in model.Patterns.Where(pattern => pattern.Pattern is not null))
        {
            if (!first.TryGetValue(pattern.Pattern!, out var earlier))
                first.Add(pattern.Pattern!, pattern);
            else if (model.IsOwn(pattern) || model.IsOwn(earlier))
                report(Describe(model, earlier, pattern));
        }
    }

    private static Diagnostic Describe(HandlerModel model, HandlerPattern first, HandlerPattern second)
    {
        Location[] also = first.Syntax is null ? [] : [first.Location];
        if (first.Text == second.Text)
            return Diagnostic.Create(Descriptors.NATS0201_DuplicateSubject, model.LocationOf(second), also, model.NameOf(second), model.NameOf(first), second.Text);
        var message = $"{model.NameOf(second)} handles '{second.Text}' and {model.NameOf(first)} handles '{first.Text}', which are the same subjects. "
            + "Within a class each subject has one handler: remove one [Handle], or change its subject.";
        return Diagnostic.Create(Descriptors.NATS0202_ShadowedPattern, model.LocationOf(second), DiagnosticSeverity.Error, also, properties: null, message);
    }
}
