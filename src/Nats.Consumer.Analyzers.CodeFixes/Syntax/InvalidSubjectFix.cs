using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Nats.Consumer.Analyzers.Syntax;

[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class InvalidSubjectFix() : ReplaceSubject("NATS0001", "NATS0001_Tidy", "Change to \"{0}\"");
