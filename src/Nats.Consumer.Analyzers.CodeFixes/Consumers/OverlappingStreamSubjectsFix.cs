using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Nats.Consumer.Analyzers.Consumers;

[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class OverlappingStreamSubjectsFix() : RemoveElement("NATS0506", "NATS0506_RemoveCovered");
