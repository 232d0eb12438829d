using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nats.Consumer.Client;

namespace Nats.Consumer.CommandLine.Verbs;

/// <summary><c>publish SUBJECT JSON</c>: store one message.</summary>
internal static class PublishVerb
{
    public static Command Create(VerbHost host)
    {
        var command = new Command("publish", "Publish a message and wait until a stream has stored it.");
        var subject = new Argument<string>("subject") { Description = "The subject." };
        var payload = new Argument<string?>("json") { Description = "The payload; '-' reads it from the standard input. Without it, the message has none.", Arity = ArgumentArity.ZeroOrOne };
        var id = new Option<string?>("--id") { Description = "Message id: within the stream's duplicate window a second message with it is not stored.", HelpName = "ID" };
        var header = new Option<string[]>("--header", "-H") { Description = "A header, as Name:value. Several may be given.", HelpName = "NAME:VALUE" };
        var raw = new Option<bool>("--raw") { Description = "The payload is no JSON; it is sent as it is." };
        command.Arguments.Add(subject);
        command.Arguments.Add(payload);
        var which = new WhichConnection(command);
        foreach (Option option in new Option[] { id, header, raw })
            command.Options.Add(option);
        host.SetAction(command, async (parsed, screen, cancellationToken) =>
        {
            string? text = parsed.GetValue(payload);
            if (text == "-")
                text = await Console.In.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
            if (text is not null && !parsed.GetValue(raw) && WhyNotJson(text) is { } why)
            {
                screen.Error($"The payload is no JSON: {why} Quote it for the shell, as '{{\"id\":1}}', or give --raw.");
                return ExitCodes.WrongUsage;
            }

            NatsHeaders? headers = Headers(parsed.GetValue(header) ?? []);
            IJetStream jetStream = await which.ConnectAsync(host, parsed, cancellationToken).ConfigureAwait(false);
            PublishAck ack = await jetStream.PublishAsync(
                parsed.GetValue(subject)!, Encoding.UTF8.GetBytes(text ?? ""), new PublishOptions { MessageId = parsed.GetValue(id), Headers = headers }, cancellationToken).ConfigureAwait(false);
            if (screen.IsJson)
                screen.Json(new JsonObject { ["stream"] = ack.Stream, ["sequence"] = ack.Sequence, ["duplicate"] = ack.Duplicate });
            else
                screen.Line(ack.Duplicate ? $"Stream '{ack.Stream}' has it already, as number {ack.Sequence}." : $"Stored as number {ack.Sequence} of stream '{ack.Stream}'.");
            return ExitCodes.Done;
        });
        return command;
    }

    private static string? WhyNotJson(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return null;
        }
        catch (JsonException e)
        {
            return e.Message;
        }
    }

    private static NatsHeaders? Headers(string[] texts)
    {
        if (texts.Length == 0)
            return null;
        var headers = new NatsHeaders();
        foreach (string text in texts)
        {
            int colon = text.IndexOf(':', StringComparison.Ordinal);
            if (colon < 1)
                throw new ArgumentException($"'{text}' is no header. Write it as Name:value.");
            headers.Add(text[..colon], text[(colon + 1)..].Trim());
        }

        return headers;
    }
}
