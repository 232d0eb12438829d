using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Nats.Consumer.Analyzers.Syntax;

[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class PartialWildcardFix() : ReplaceSubject("NATS0002", "NATS0002_WholeToken", "Change to \"{0}\"");
