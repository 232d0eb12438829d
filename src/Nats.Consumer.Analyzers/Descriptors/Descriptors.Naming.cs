using Microsoft.CodeAnalysis;

using static Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace Nats.Consumer.Analyzers;

// 01xx: names that work, but not as well as they could.
internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor NATS0101_SeparatorInsteadOfDot = Rule(
        "NATS0101",
        "Subject is separated by something other than dots",
        "Subject '{0}' is a single token for the server, whatever '{1}' separates. Separate tokens by dots, as in '{2}', so that wildcards can match parts of it.",
        Categories.Naming,
        Warning);

    public static readonly DiagnosticDescriptor NATS0102_SeparatorInToken = Rule(
        "NATS0102",
        "Token has a separator in it",
        "Token '{0}' of subject '{1}' has '{2}' in it. Wildcards match whole tokens: make it several tokens, or one word.",
        Categories.Naming,
        Info);

    public static readonly DiagnosticDescriptor NATS0103_UpperCase = Rule(
        "NATS0103",
        "Subject has upper-case letters",
        "Subject '{0}' has upper-case letters, and subjects are case-sensitive. Write '{1}', so that nobody has to remember which letters are large.",
        Categories.Naming,
        Info);

    public static readonly DiagnosticDescriptor NATS0104_TooDeep = Rule(
        "NATS0104",
        "Subject has many tokens",
        "Subject '{0}' has {1} tokens, more than {2}. Keep in the payload or in headers what nobody routes by.",
        Categories.Naming,
        Info);

    public static readonly DiagnosticDescriptor NATS0105_SpecialCharacter = Rule(
        "NATS0105",
        "Subject has special characters",
        "Subject '{0}' has '{1}' in it. Keep to letters, digits, '-' and '_': other characters get in the way of shells, URLs and monitoring.",
        Categories.Naming,
        Warning);

    public static readonly DiagnosticDescriptor NATS0106_MixedSeparators = Rule(
        "NATS0106",
        "Subjects of one domain are separated in different ways",
        "Subject '{0}' is separated by '{1}', but '{2}' by dots. Use dots in both, so that '{3}.>' takes both.",
        Categories.Naming,
        Info,
        customTags: [WellKnownDiagnosticTags.CompilationEnd]);
}
