using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Nats.Consumer.Analyzers.Naming;

[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class UpperCaseFix() : ReplaceSubject("NATS0103", "NATS0103_UseLowerCase", "Change to \"{0}\" (publishers and streams must follow)");
