using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Nats.Consumer.Analyzers.Consumers;

[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class InvalidNameFix() : ReplaceSubject("NATS0505", "NATS0505_UseDashes", "Change to \"{0}\"");
