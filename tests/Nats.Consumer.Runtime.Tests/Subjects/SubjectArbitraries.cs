using FsCheck;
using FsCheck.Fluent;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Tests.Subjects;

/// <summary>Random patterns of up to eight tokens from few words, so that they meet often; and subjects that a pattern matches.</summary>
internal static class SubjectArbitraries
{
    private static readonly Gen<string> Word = Gen.Elements("a", "b", "c", "orders", "größe", "$x-y_z");

    private static readonly Gen<SubjectPattern> PatternGen =
        from tokens in Gen.NonEmptyListOf(Gen.Frequency((3, Word), (2, Gen.Constant("*")))).Resize(8)
        from rest in Gen.Frequency((2, Gen.Constant(false)), (1, Gen.Constant(true)))
        from named in Gen.Elements(true, false)
        select SubjectPattern.Parse(string.Join('.', tokens.Take(8).Select((token, i) => named && token == "*" ? $"{{p{i}}}" : token)) + (rest ? ".>" : ""));

    public static Arbitrary<SubjectPattern> Pattern { get; } = PatternGen.ToArbitrary();

    /// <summary>Two patterns; half of the time the second is a mutation of the first, so that they are related.</summary>
    public static Arbitrary<(SubjectPattern Left, SubjectPattern Right)> Pair { get; } =
        (from left in PatternGen
         from other in PatternGen
         from related in Gen.Elements(true, false)
         from mutated in Mutation(left)
         select (left, related ? mutated : other)).ToArbitrary();

    public static Arbitrary<SubjectPattern[]> Set { get; } =
        (from first in PatternGen
         from others in Gen.ListOf(PatternGen).Resize(6)
         from mutations in Gen.ListOf(Mutation(first)).Resize(6)
         select (SubjectPattern[])[first, .. others, .. mutations]).ToArbitrary();

    /// <summary>A pattern and a subject that it matches.</summary>
    public static Arbitrary<(SubjectPattern Pattern, string Subject)> Match { get; } =
        (from pattern in PatternGen from subject in SubjectOf(pattern) select (pattern, subject)).ToArbitrary();

    /// <summary>Texts that are nearly patterns.</summary>
    public static Arbitrary<string> Text { get; } =
        Gen.ListOf(Gen.Elements('a', 'Z', '9', '.', '.', '*', '>', '{', '}', ' ', '\t', '\0', '-', '_', 'ß', '\u2003', '\ud83d', '\ude00'))
            .Resize(12).Select(chars => new string([.. chars])).ToArbitrary();

    private static Gen<string> SubjectOf(SubjectPattern pattern) =>
        from words in Gen.ListOf(Word, pattern.Tokens.Length)
        from tail in Gen.ListOf(Word).Resize(4)
        select string.Join('.', words.Select((word, i) => pattern.Tokens[i].Kind == SubjectTokenKind.Literal ? pattern.Tokens[i].Text : word)
            .Concat(pattern.HasRest ? tail : []));

    private static Gen<SubjectPattern> Mutation(SubjectPattern pattern) =>
        from index in Gen.Choose(0, pattern.Tokens.Length - 1)
        from word in Word
        from kind in Gen.Choose(0, 3)
        select SubjectPattern.Parse(string.Join('.', kind switch
        {
            0 => pattern.Tokens.Take(index).Select(token => token.Text).Append(">"),
            1 => pattern.Tokens.Select((token, i) => i == index && token.Kind == SubjectTokenKind.Literal ? "*" : token.Text),
            2 => pattern.Tokens.Select((token, i) => i == index ? word : token.Text),
            _ => pattern.Tokens.Select(token => token.Kind == SubjectTokenKind.Rest ? word : token.Text).Append(word),
        }));
}
