namespace Nats.Consumer.Analyzers.Generator;

/// <summary>Writes what the table says of a handler class: its patterns, and a call for each method.</summary>
internal static class HandlerWriter
{
    private const string Generated = $"global::{TableAssembly.Namespace}";

    public static string Write(TableClass handler, string table)
    {
        var code = new SourceWriter()
            .Open($"namespace {TableAssembly.Namespace}")
            .Open($"partial class {table}")
            .Line("[global::System.Obsolete] // so that it may call what is obsolete")
            .Open($"private static class {handler.Identifier}");
        WriteAddTo(code, handler);
        for (var i = 0; i < handler.Methods.Count; i++)
        {
            if (handler.Methods[i].ByAccessor)
                WriteAccessor(code, handler.Methods[i], i);
        }
        return code.Close().Close().Close().ToString();
    }

    private static void WriteAddTo(SourceWriter code, TableClass handler)
    {
        code.Line($"internal static void AddTo({Generated}.HandlerTableBuilder table) =>");
        var start = $"    table.AddHandler<{handler.Type}>({(handler.OverridesFallback ? "true" : "false")}, static () =>";
        if (handler.Refusal is { } refusal)
        {
            code.Line($"{start} throw new global::Nats.Consumer.ConsumerConfigurationException({SourceWriter.Literal(refusal)}));");
            return;
        }
        code.Line($"{start} new {Generated}.HandlerTableMethod[]").Line("    {");
        for (var i = 0; i < handler.Methods.Count; i++)
        {
            var method = handler.Methods[i];
            var properties = Properties(method);
            if (method.TakesBatches)
            {
                code.Line($"        new({SourceWriter.Literal(method.Name)}, {SourceWriter.Array(method.Patterns)}, static (handler, batch, cancellationToken) =>")
                    .Line($"            {Generated}.HandlerCall.Results({Call(method, i)})){properties},");
                continue;
            }
            var tokens = method.Parameters.Where(parameter => parameter.IsToken).Select(parameter => parameter.Name);
            code.Line($"        new({SourceWriter.Literal(method.Name)}, {SourceWriter.Array(method.Patterns)}, {SourceWriter.Array(tokens)}, static (handler, message, cancellationToken) =>")
                .Line($"            {Generated}.HandlerCall.Result({Call(method, i)})){properties},");
        }
        code.Line("    });");
    }

    private static string Properties(TableMethod method)
    {
        var examples = method.Parameters.Where(parameter => parameter.Kind == TableParameterKind.ParsedToken)
            .Select(parameter => $"[{SourceWriter.Literal(parameter.Name)}] = {Generated}.HandlerCall.Example<{parameter.Type}>")
            .ToArray();
        string[] properties =
        [
            .. method.Payload is { } type ? [$"Payload = typeof({type})"] : (string[])[],
            .. examples.Length > 0 ? [$"TokenExamples = {{ {string.Join(", ", examples)} }}"] : (string[])[],
        ];
        return properties.Length > 0 ? $" {{ {string.Join(", ", properties)} }}" : "";
    }

    private static string Call(TableMethod method, int index)
    {
        var handler = $"({method.DeclaringType})handler";
        var arguments = method.Parameters.Select(Argument);
        return method.ByAccessor
            ? $"{Accessor(index)}({string.Join(", ", arguments.Prepend(handler))})"
            : $"({handler}).{Escape(method.Name)}({string.Join(", ", arguments)})";
    }

    private static string Argument(TableParameter parameter) => parameter.Kind switch
    {
        TableParameterKind.Message => "message",
        TableParameterKind.Batch => $"batch.Read<{parameter.Item}>()",
        TableParameterKind.RawBatch => "batch.Messages()",
        TableParameterKind.Cancellation => "cancellationToken",
        TableParameterKind.TextToken => $"{Generated}.HandlerCall.Token(message, {SourceWriter.Literal(parameter.Name)})",
        TableParameterKind.ParsedToken => $"{Generated}.HandlerCall.Token<{parameter.Type}>(message, {SourceWriter.Literal(parameter.Name)})",
        _ => $"message.Read<{parameter.Type}>()!",
    };

    private static void WriteAccessor(SourceWriter code, TableMethod method, int index)
    {
        var parameters = method.Parameters.Select((parameter, i) => $", {parameter.Type} p{i}");
        code.Line()
            .Line($"[global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Method, Name = {SourceWriter.Literal(method.Name)})]")
            .Line($"private static extern {method.ReturnType} {Accessor(index)}({method.DeclaringType} handler{string.Concat(parameters)});");
    }

    private static string Accessor(int index) => $"Call{index}";

    private static string Escape(string name) =>
        Microsoft.CodeAnalysis.CSharp.SyntaxFacts.GetKeywordKind(name) == Microsoft.CodeAnalysis.CSharp.SyntaxKind.None ? name : $"@{name}";
}
