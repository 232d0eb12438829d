using System.Text;
using Nats.Consumer.Client;

namespace Nats.Consumer.Prefixing;

/// <summary>Takes messages as the server sends them, and hands them on as the application is to see them. Of a subject it takes a part; nothing is copied.</summary>
internal sealed class PrefixedSink(SubjectPrefix prefix, INatsMessageSink sink) : INatsMessageSink
{
    public ValueTask OnMessageAsync(in ReceivedMessage message)
    {
        if (message.Subject.StartsWith("$JS.EVENT."u8))
            return OnEventAsync(message);
        return sink.OnMessageAsync(new ReceivedMessage(prefix.OwnSubject(message.Subject), prefix.OwnSubject(message.ReplyTo), PrefixedHeaders.In(prefix, message.Headers), message.Payload));
    }

    public void OnClosed(Exception? reason) => sink.OnClosed(reason);

    private ValueTask OnEventAsync(in ReceivedMessage message)
    {
        string subject = ApiSubject.EventIn(prefix, Encoding.UTF8.GetString(message.Subject), out ApiForm? form);
        return sink.OnMessageAsync(new ReceivedMessage(Encoding.UTF8.GetBytes(subject), message.ReplyTo, message.Headers, ApiJson.In(prefix, form?.Answer, message.Payload)));
    }
}
