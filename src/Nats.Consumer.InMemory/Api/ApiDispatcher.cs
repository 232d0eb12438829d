using System.Text.Json.Nodes;
using Nats.Consumer.InMemory.Broker;

namespace Nats.Consumer.InMemory.Api;

/// <summary>A verb of the API: where it listens, what its answers call themselves, and what it does.</summary>
/// <param name="Subject">Its subjects, without <c>$JS.API.</c>.</param>
/// <param name="AnswerType">The type of its answers, as in <c>stream_create_response</c>.</param>
/// <param name="Answer">Does it; the result is the rest of the answer.</param>
internal sealed record ApiVerb(string Subject, string AnswerType, Func<ApiRequest, JsonObject> Answer);

/// <summary>Gives requests to their verbs, and answers.</summary>
internal sealed class ApiDispatcher(Server server)
{
    private long _total;
    private long _errors;

    public static void Register(Server server)
    {
        var dispatcher = new ApiDispatcher(server);
        using MessageBroker.Turn turn = server.Broker.Begin();
        foreach (ApiVerb verb in StreamVerbs.All.Concat(MessageVerbs.All).Concat(ConsumerVerbs.All).Append(dispatcher.AccountInfo))
            server.Broker.Add(new ServerSubscription(Pattern.TryParse($"$JS.API.{verb.Subject}")!, (ref Routed message) => dispatcher.Dispatch(verb, ref message)));
    }

    private ApiVerb AccountInfo => new("INFO", "account_info_response", _ => AccountVerb.Answer(server, _total, _errors));

    private void Dispatch(ApiVerb verb, ref Routed message)
    {
        var request = new ApiRequest(server, message.Target, message.Payload);
        JsonObject answer;
        try
        {
            if (verb.Subject.StartsWith("CONSUMER.PAUSE", StringComparison.Ordinal) && !server.Version.HasPause)
                return;
            answer = verb.Answer(request);
        }
        catch (ApiError e)
        {
            _errors++;
            answer = new JsonObject { ["error"] = e.ToJson() };
        }

        _total++;
        answer.Insert(0, "type", $"io.nats.jetstream.api.v1.{verb.AnswerType}");
        byte[] utf8 = Server.ToUtf8(answer);
        if (!message.ReplyTo.IsEmpty)
            server.Broker.Send(message.ReplyTo, default, utf8);
        server.Events.OnApiCall(request, utf8);
    }
}
