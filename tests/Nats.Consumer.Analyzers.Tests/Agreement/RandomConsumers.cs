using System.Globalization;
using System.Text;

namespace Nats.Consumer.Analyzers.Agreement;

/// <summary>Source of consumers of every description, legal and not, with their handlers, that all compile.</summary>
internal sealed class RandomConsumers(int seed)
{
    private static readonly string[] Words = ["a", "b", "*", "{x}", "{key}", ">"];
    private static readonly string[] OddPatterns = ["a..b", "", "a.>.b", "a b", "cre*", "{key}.{key}", ".a", "{0}"];
    private static readonly string[] Parameters = ["", "", "string key", "MessageContext message", "IReadOnlyList<Message<string>> batch", "CancellationToken a, CancellationToken b", "byte[] payload"];
    private static readonly string[] Returns = ["Task", "Task", "ValueTask", "Task<Outcome>", "Task<int>"];
    private static readonly string[] Numbers = ["1", "5", "100", "0", "-1"];
    private static readonly string[] Times = ["TimeSpan.FromSeconds(30)", "TimeSpan.FromMinutes(1)", "TimeSpan.FromHours(2)", "TimeSpan.Zero", "TimeSpan.FromMilliseconds(9)", "-TimeSpan.FromSeconds(1)", "new(0, 0, 1)"];
    private static readonly string[] Names = ["orders", "orders-eu", "orders.eu", "a b", "", "x*", "ö"];

    private readonly Random _random = new(seed);
    private readonly StringBuilder _code = new();

    public string Write(int count)
    {
        for (int i = 0; i < count; i++)
        {
            WriteHandler($"H{i}");
            WriteConsumer(i);
        }

        return _code.ToString();
    }

    private void WriteHandler(string name)
    {
        bool isOdd = Chance(8);
        _code.AppendLine(CultureInfo.InvariantCulture, $"public {(Chance(30) ? "abstract " : "")}class {name}{(Chance(30) ? "<T>" : "")} : ConsumerHandler\n{{");
        for (int i = isOdd ? _random.Next(0, 3) : _random.Next(1, 3); i > 0; i--)
        {
            string patterns = string.Join(", ", Enumerable.Range(0, Chance(4) ? 2 : 1).Select(_ => $"\"{(isOdd && Chance(2) ? Pick(OddPatterns) : Pattern())}\""));
            string parameters = isOdd ? Pick(Parameters) : Pick(["", "MessageContext message", "byte[] payload", "", "IReadOnlyList<MessageContext> batch"]);
            string returns = isOdd ? Pick(Returns) : "Task";
            _code.AppendLine(CultureInfo.InvariantCulture, $"    [Handle({patterns})] public {returns} On{i}Async({parameters}) => throw new Exception();");
        }

        if (Chance(6))
            _code.AppendLine("    protected override ValueTask<Outcome> FallbackAsync(MessageContext message, FallbackReason reason, CancellationToken ct) => default;");
        _code.AppendLine("}");
    }

    private void WriteConsumer(int number)
    {
        string[] kinds = ["PullConsumer", "PullConsumer", "PushConsumer", "OrderedConsumer"];
        string kind = Pick(kinds);
        _code.AppendLine(CultureInfo.InvariantCulture, $"public class C{number} : {kind}\n{{");
        Write("string", "StreamName", $"\"{(Chance(10) ? Pick(Names) : "orders")}\"");
        string subjects = string.Join(", ", Enumerable.Range(0, Chance(12) ? 0 : _random.Next(1, 3)).Select(_ => $"\"{(Chance(15) ? Pick(OddPatterns) : Pattern())}\""));
        if (!Chance(4))
            Write("IReadOnlyList<string>", "Subjects", $"[{subjects}]");
        Write("IReadOnlyList<Type>", "Handlers", $"[{string.Join(", ", Handlers(number))}]");
        Maybe(20, "string?", "DurableName", Chance(2) ? "null" : $"\"{Pick(Names)}\"");
        Maybe(20, "string?", "OrderBy", Pick(["null", "\"key\"", "\"x\""]));
        foreach (string name in (string[])["MaxDeliver", "MaxAckPending", "Concurrency", "MaxMessages"])
            Maybe(25, "int", name, Pick(Numbers));
        if (kind != "PushConsumer")
            Maybe(25, "int", "BatchSize", Pick(Numbers));
        if (kind == "PullConsumer")
            Maybe(25, "long", "MaxBytes", Pick(Numbers));
        foreach (string name in (string[])["AckWait", "MaxAckExtension", "MaxWait"])
            Maybe(25, "TimeSpan", name, Pick(Times));
        foreach (string name in (string[])["HandlerTimeout", "InactiveThreshold"])
            Maybe(25, "TimeSpan?", name, Chance(3) ? "null" : Pick(Times[..6]));
        Maybe(20, "DeliverPolicy", "DeliverPolicy", Pick(["DeliverPolicy.All", "DeliverPolicy.ByStartSequence"]));
        Maybe(12, "ulong", "StartSequence", Pick(["0", "1"]));
        Maybe(20, "ErrorAckBehavior", "OnExhausted", Pick(["ErrorAckBehavior.Nak", "ErrorAckBehavior.Ack"]));
        Maybe(20, "DeliveryMode", "Delivery", Pick(["DeliveryMode.AtMostOnce", "DeliveryMode.AtLeastOnce"]));
        Maybe(20, "IReadOnlyList<TimeSpan>", "BackoffDelays", $"[{Pick(Times)}, {Pick(Times)}]");
        _code.AppendLine("}");
    }

    // Its own class nearly always, so that most consumers are as legal as their handlers.
    private IEnumerable<string> Handlers(int number)
    {
        yield return Type($"H{number}");
        if (number > 0 && Chance(8))
            yield return Type($"H{_random.Next(number)}");
        if (Chance(40))
            yield return "typeof(string)";
    }

    private string Type(string name) => _code.ToString().Contains($"class {name}<T>", StringComparison.Ordinal) ? Chance(2) ? $"typeof({name}<>)" : $"typeof({name}<int>)" : $"typeof({name})";

    private string Pattern()
    {
        var words = Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Pick(Words[..5])).ToList();
        // A name stands once in a pattern.
        for (int i = 1; i < words.Count; i++)
        {
            if (words[i][0] == '{' && words.IndexOf(words[i]) < i)
                words[i] = "*";
        }

        return string.Join('.', words) + (Chance(3) ? ".>" : "");
    }

    private void Maybe(int percent, string type, string name, string value)
    {
        if (_random.Next(100) < percent / 4)
            Write(type, name, value);
    }

    private void Write(string type, string name, string value) =>
        _code.AppendLine(CultureInfo.InvariantCulture, $"    public override {type} {name} {(Chance(2) ? $"=> {value};" : $"{{ get; }} = {value};")}");

    private string Pick(string[] from) => from[_random.Next(from.Length)];

    private bool Chance(int oneIn) => _random.Next(oneIn) == 0;
}
