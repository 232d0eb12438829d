using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Nats.Consumer.Analyzers.Consumers;

[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class UnusedDelaysFix() : RemoveElement("NATS0501", "NATS0501_RemoveUnused");
