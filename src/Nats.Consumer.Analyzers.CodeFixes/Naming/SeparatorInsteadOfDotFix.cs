using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Nats.Consumer.Analyzers.Naming;

[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class SeparatorInsteadOfDotFix() : ReplaceSubject("NATS0101", "NATS0101_UseDots", "Change to \"{0}\" (publishers and streams must follow)");
