using System.Globalization;
using System.Text;

namespace Nats.Consumer.Analyzers.Generator;

/// <summary>Source of handler classes of every description, legal and not, that all compile.</summary>
internal sealed class RandomHandlers(int seed)
{
    private static readonly string[] Returns = ["Task", "Task", "Task", "ValueTask", "Task<Outcome>", "ValueTask<Outcome>", "Task<int>", "Outcome", "void", "List<Task>[]", "dynamic", "Task<IReadOnlyList<Outcome>>"];
    private static readonly string[] Types =
    [
        "MessageContext", "CancellationToken", "string", "int", "Guid", "Uri", "int?", "Payload", "Payload?", "List<Payload?>", "(int, string)", "dynamic", "byte[]", "Span<byte>", "in int", "ref string",
        "Payload.Inner<int>[]", "DayOfWeek", "Secret", "nint", "Dictionary<string, List<int[]>>", "IReadOnlyList<Message<Payload?>>", "IReadOnlyList<MessageContext>",
    ];

    private static readonly string[] TameParameters =
    [
        "", "MessageContext message", "Payload payload", "CancellationToken token, byte[] payload", "int id", "string? text, Payload.Inner<int>[]? payload", "List<dynamic> payload, MessageContext message",
        "Guid id, CancellationToken token", "object anything", "(int, string)? payload, int id", "params string[] texts", "IReadOnlyList<Message<int[]>> numbers, CancellationToken token", "IReadOnlyList<MessageContext> messages",
    ];

    private static readonly string[] Names = ["id", "payload", "event", "other", "number"];
    private static readonly string[] Patterns = ["a", "a.b", "a.*", "a.>", "a.{id}", "{id}.{number}", "{event}", "c.{other}.>", "b.{id}.{id}", "a..b", "", ">", "x.{payload}", "a b", "A.b", "*"];
    private static readonly string[] Accessibilities = ["public", "public", "public", "internal", "private", "protected", "protected internal", "private protected"];

    private readonly Random _random = new(seed);
    private readonly StringBuilder _code = new("""
        public static class Log { public static List<string> Lines { get; } = []; public static T Called<T>(string what) { Lines.Add(what); return default!; } }
        public sealed record Payload(int Number) { public sealed record Inner<T>(T Value); }

        """);

    private int _names;
    private bool _isTame; // most of what it does is legal

    public string Write(int classes)
    {
        for (int i = 0; i < classes; i++)
            WriteFamily($"C{i}");
        return _code.ToString();
    }

    /// <summary>A class and some heirs, nested in a class now and then.</summary>
    private void WriteFamily(string name)
    {
        _isTame = true;
        string outer = Chance(4) ? "public static " : "";
        if (outer.Length > 0)
            _code.AppendLine(CultureInfo.InvariantCulture, $"{outer}class Outer{name}\n{{");
        string access = outer.Length > 0 && Chance(4) ? "private" : Chance(2) ? "public" : "internal";
        string parent = Chance(5) ? $"Generic{name}<int>" : "ConsumerHandler";
        if (parent != "ConsumerHandler")
            WriteClass($"{access} abstract class Generic{name}<T> : ConsumerHandler", [], isAbstract: true, "T");
        _isTame = !Chance(4);
        List<Method> overridable = [];
        int generations = _random.Next(1, 4);
        for (int i = 0; i < generations; i++)
        {
            bool isAbstract = i < generations - 1 && Chance(2);
            overridable = WriteClass($"{access} {(isAbstract ? "abstract" : "")} {(Chance(4) ? "partial" : "")} class {name}_{i} : {parent}", overridable, isAbstract, null);
            parent = $"{name}_{i}";
        }

        if (outer.Length > 0)
            _code.AppendLine("}");
    }

    private List<Method> WriteClass(string head, List<Method> inherited, bool isAbstract, string? typeParameter)
    {
        _code.AppendLine(CultureInfo.InvariantCulture, $"{head}\n{{\n    private sealed record Secret(int Number);");
        var virtuals = new List<Method>();
        foreach (Method method in inherited)
        {
            if (method.IsAbstract && !isAbstract || Chance(2))
            {
                _code.AppendLine(CultureInfo.InvariantCulture, $"    {(Chance(2) ? Attributes() : "")} {method.Accessibility} override {method.Returns} {method.Name}({method.Parameters}) {Body(method.Returns, head + method.Name)}");
                virtuals.Add(method with { IsAbstract = false });
            }
            else if (!method.IsAbstract && Chance(4))
            {
                _code.AppendLine(CultureInfo.InvariantCulture, $"    {Attributes()} public new Task {method.Name}({method.Parameters}) {Body("Task", head + method.Name + " new")}");
            }
            else
            {
                virtuals.Add(method);
            }
        }

        for (int count = _random.Next(0, 4); count > 0; count--)
        {
            string access = Pick(Accessibilities), returns = _isTame ? Pick(Returns[..6]) : Pick(Returns), name = $"On{_names++}";
            string parameters = Parameters(access, typeParameter);
            bool isVirtual = access is not ("private" or "private protected") && Chance(3);
            bool isEmpty = isVirtual && isAbstract && typeParameter is null && Chance(2);
            string kind = isEmpty ? "abstract" : isVirtual ? "virtual" : !_isTame && Chance(6) ? "static" : "";
            bool isGeneric = kind.Length == 0 && !_isTame && Chance(6);
            string attributes = Chance(5) ? "" : Attributes();
            string body = isEmpty ? ";" : Body(returns, head + name);
            _code.AppendLine(CultureInfo.InvariantCulture, $"    {attributes} {access} {kind} {returns} {name}{(isGeneric ? "<TAny>" : "")}({parameters}) {body}");
            if (isVirtual && typeParameter is null)
                virtuals.Add(new Method(name, access, returns, parameters, isEmpty));
            if (!isVirtual && Chance(5))
                _code.AppendLine(CultureInfo.InvariantCulture, $"    {Attributes()} public Task {name}(CancellationToken more, string overload{(_isTame ? "" : ", bool and = false")}) {Body("Task", head + name + " overload")}");
        }

        if (Chance(5))
            _code.AppendLine("    protected override ValueTask<Outcome> FallbackAsync(MessageContext message, FallbackReason reason, CancellationToken cancellationToken) => default;");
        _code.AppendLine("}");
        return virtuals;
    }

    private string Parameters(string access, string? typeParameter)
    {
        if (_isTame)
            return typeParameter is not null && Chance(2) ? $"{typeParameter} payload" : Pick(TameParameters);
        var names = Names.OrderBy(_ => _random.Next()).Take(_random.Next(0, 4));
        // Only a private method may have a private parameter; a token is of the type of its name more often than not.
        return string.Join(", ", names.Select(name =>
        {
            string type = typeParameter is not null && Chance(3) ? typeParameter : name is "id" or "number" && Chance(2) ? "int" : Pick(Types);
            return $"{(type == "Secret" && access != "private" ? "string" : type)} @{name}";
        }));
    }

    private string Attributes() => _isTame ? $"[Handle(\"{Pick(["tame", "{id}", "*", "x.{id}"])}.{_names++}.{Pick(["a", "*", "{other}", ">"])}\")]" : string.Join(' ', Enumerable.Range(0, Chance(5) ? 2 : 1).Select(_ =>
        $"[Handle({string.Join(", ", Enumerable.Range(0, _random.Next(0, 10) switch { 0 => 0, < 8 => 1, _ => 2 }).Select(_ => $"\"{Pick(Patterns)}\""))})]"));

    private static string Body(string returns, string what) => returns == "void" ? $"=> Log.Called<int>(\"{what}\");" : $"=> Log.Called<{returns}>(\"{what}\");";

    private string Pick(string[] from) => from[_random.Next(from.Length)];

    private bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    private sealed record Method(string Name, string Accessibility, string Returns, string Parameters, bool IsAbstract);
}
