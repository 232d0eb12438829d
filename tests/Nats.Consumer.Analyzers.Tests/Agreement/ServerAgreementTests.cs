using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Agreement;

/// <summary>What the rules say of subjects is what a real server does with them, on 1,500 random cases of each kind. Each case has a first token of its own.</summary>
[Trait("Category", "Server")]
[Collection(LongFirst.Collection + nameof(ServerAgreementTests))]
public sealed partial class ServerAgreementTests : IAsyncLifetime
{
    private const int Cases = 1500;
    private const int InvalidStream = 10052, StreamsOverlap = 10065, FiltersOverlap = 10138;

    private static int _names;

    // One for each test: a server compares each new stream with all that it has.
    private readonly JetStreamServer _server = new();

    // A program: one consumer and its handler, so that there is something to judge.
    private const string Program = """
        System.Console.WriteLine();
        public class Handler : ConsumerHandler { [Handle("other.x")] public Task OnAsync() => Task.CompletedTask; }
        public class Consumer : PullConsumer { public override string StreamName => "other"; }

        """;

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task SubjectsOfOneStream_OverlapWhereTheServerRefuses()
    {
        var pairs = Pairs(1);
        var reported = await ReportedAsync("NATS0506", pairs.Select((pair, i) => Stream($"one{i}", pair)));
        int[] codes = await _server.CreateStreamsAsync(pairs.Select((pair, i) => ($"one{i}", pair)));
        Agree(pairs, i => reported.Contains(i), i => codes[i] == InvalidStream);
        codes.Distinct().Order().ShouldBe([0, InvalidStream]);
    }

    [Fact]
    public async Task TwoStreams_OverlapWhereTheServerRefusesTheSecond()
    {
        var pairs = Pairs(2);
        var reported = await ReportedAsync("NATS0402", pairs.SelectMany((pair, i) => (string[])[Stream($"first{i}", pair[0]), Stream($"second{i}", pair[1])]));
        (await _server.CreateStreamsAsync(pairs.Select((pair, i) => ($"first{i}", (string[])[pair[0]])))).ShouldAllBe(code => code == 0);
        int[] codes = await _server.CreateStreamsAsync(pairs.Select((pair, i) => ($"second{i}", (string[])[pair[1]])));
        Agree(pairs, i => reported.Contains(i), i => codes[i] == StreamsOverlap);
        codes.Distinct().Order().ShouldBe([0, StreamsOverlap]);
    }

    [Fact]
    public async Task FiltersOfOneConsumer_AreRedundantWhereTheServerRefuses()
    {
        Assert.SkipUnless(_server.Version >= new Version(2, 10), "Before 2.10 a consumer has one filter.");
        var pairs = Pairs(3);
        var reported = await ReportedAsync("NATS0507", pairs.Select((pair, i) => $"public class C{i} : PullConsumer {{ public override string StreamName => \"x\"; public override IReadOnlyList<string> Subjects => {List(pair)}; }}"));
        (await _server.CreateStreamsAsync([("filters", ["t3.>"])])).ShouldBe([0]);
        int[] codes = await _server.CreateConsumersAsync("filters", pairs.Select((pair, i) => ($"c{i}", pair)));
        if (_server.Version >= new Version(2, 15)) // earlier ones refuse filters that cross as well
            Agree(pairs, i => reported.Contains(i), i => codes[i] == FiltersOverlap);
        else
            reported.ShouldAllBe(i => codes[i] == FiltersOverlap);
        codes.Distinct().Order().ShouldBe([0, FiltersOverlap]);
        reported.Count.ShouldBeInRange(Cases / 10, Cases * 9 / 10);
    }

    [Fact]
    public async Task PublishedSubject_IsCapturedWhereTheServerStoresIt()
    {
        var pairs = Pairs(4, second: (random, prefix) => prefix + string.Join('.', Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(2) == 0 ? "a" : "b")));
        string publishes = $"public class Publisher {{ public async Task RunAsync(IJetStream js) {{\n{string.Join('\n', pairs.Select(pair => $"await js.PublishAsync(\"{pair[1]}\", 1);"))}\n}} }}";
        var reported = await ReportedAsync("NATS0801", [.. pairs.Select((pair, i) => Stream($"capture{i}", pair[0])), publishes]);
        (await _server.CreateStreamsAsync(pairs.Select((pair, i) => ($"capture{i}", (string[])[pair[0]])))).ShouldAllBe(code => code == 0);
        bool[] stored = await _server.PublishAsync(pairs.Select(pair => pair[1]));
        Agree(pairs, i => reported.Contains(i), i => !stored[i]);
    }

    [Fact]
    public async Task InvalidSubject_IsOneThatTheServerRefuses()
    {
        // Wildcards inside of tokens are left out: the server takes them by the letter, and NATS0002 says why one should not.
        var random = new Random(5);
        string[] parts = ["a", "b", ".", ".", ".", "*", ">", " ", "\t"];
        var texts = Enumerable.Range(0, int.MaxValue).Select(_ => string.Concat(Enumerable.Range(0, random.Next(0, 6)).Select(_ => parts[random.Next(parts.Length)])))
            .Where(text => !PartialWildcard().IsMatch(text)).Take(Cases).Select((text, i) => (string[])[$"t5.{i}.{text}"]).ToList();
        var reported = await ReportedAsync("NATS0001", texts.Select((text, i) => Stream($"valid{i}", text[0].Replace("\t", "\\t", StringComparison.Ordinal))));
        int[] codes = await _server.CreateStreamsAsync(texts.Select((text, i) => ($"valid{i}", text)));
        Agree(texts, i => reported.Contains(i), i => codes[i] == InvalidStream);
        reported.Count.ShouldBeInRange(Cases / 10, Cases * 9 / 10);
    }

    [Fact]
    public async Task InvalidName_IsOneThatTheServerRefuses()
    {
        // No dots and no white space: these make another request of it, to which nobody answers.
        var random = new Random(6);
        string[] parts = ["a", "b", "-", "_", "*", ">", "/", "\\", "ö", "%", "$"];
        var names = Enumerable.Range(0, 300).Select(i => (string[])[$"n{i}" + string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => parts[random.Next(parts.Length)]))]).ToList();
        var reported = await ReportedAsync("NATS0505", names.Select((name, i) => Stream(name[0].Replace("\\", "\\\\", StringComparison.Ordinal), $"t6.{i}")));
        int[] codes = await _server.CreateStreamsAsync(names.Select((name, i) => (name[0], (string[])[$"t6.{i}"])));
        Agree(names, i => reported.Contains(i), i => codes[i] != 0);
    }

    private static List<string[]> Pairs(int test, Func<Random, string, string>? second = null)
    {
        var random = new Random(test);
        return [.. Enumerable.Range(0, Cases).Select(i => (string[])[Pattern(random, $"t{test}.{i}."), (second ?? Pattern)(random, $"t{test}.{i}.")])];
    }

    private static string Pattern(Random random, string prefix)
    {
        string[] words = ["a", "b", "*", "*"];
        var tokens = Enumerable.Range(0, random.Next(0, 4)).Select(_ => words[random.Next(words.Length)]).ToList();
        if (tokens.Count == 0 || random.Next(3) == 0)
            tokens.Add(">");
        return prefix + string.Join('.', tokens);
    }

    /// <summary>A property of its own, as every stream that is made in any case.</summary>
    private static string Stream(string name, params string[] subjects) =>
        $"public static StreamConfig S{Interlocked.Increment(ref _names)} => new(\"{name}\") {{ Subjects = {List(subjects)} }};";

    private static string List(string[] subjects) => $"[{string.Join(", ", subjects.Select(subject => $"\"{subject}\""))}]";

    /// <summary>The numbers of the cases in which the rule found something.</summary>
    private static async Task<HashSet<int>> ReportedAsync(string id, IEnumerable<string> members)
    {
        var analyzers = Shipped.Analyzers.Where(analyzer => analyzer.SupportedDiagnostics.Any(rule => rule.Id == id));
        var project = TestProject.Create([$"{Program}public static class Cases\n{{\n{string.Join('\n', members)}\n}}"], "nats_toolkit.captured_subjects =", withRuntime: true, OutputKind.ConsoleApplication);
        var found = (await project.AnalyzeAsync([.. analyzers])).Where(diagnostic => diagnostic.Id == id);
        return [.. found.Select(diagnostic => int.Parse(CaseNumber().Match(LineOf(diagnostic)).Groups[1].Value, CultureInfo.InvariantCulture))];
    }

    private static string LineOf(Diagnostic diagnostic) => diagnostic.Location.SourceTree!.GetText().Lines.GetLineFromPosition(diagnostic.Location.SourceSpan.Start).ToString();

    private static void Agree(List<string[]> cases, Func<int, bool> rule, Func<int, bool> refused)
    {
        var differences = Enumerable.Range(0, cases.Count).Where(i => rule(i) != refused(i)).Select(i => $"{string.Join(" and ", cases[i])}: the rule says {rule(i)}, the server {refused(i)}");
        differences.Take(10).ShouldBeEmpty();
    }

    [GeneratedRegex(@"\bt\d\.(\d+)")]
    private static partial Regex CaseNumber();

    [GeneratedRegex(@"[^.]+[*>]|[*>][^.]+")]
    private static partial Regex PartialWildcard();
}
