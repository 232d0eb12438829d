using System.Text;
using System.Text.Json.Nodes;
using Nats.Consumer.InMemory.Api;
using Nats.Consumer.InMemory.Broker;

namespace Nats.Consumer.InMemory.Streams;

/// <summary>Which message of a stream: by sequence, the last of a subject, the next of a subject from a sequence on, or from a time on.</summary>
internal sealed class MessageQuery
{
    private ulong _sequence;
    private string _lastOf = "";
    private string _nextOf = "";
    private long _startTime;

    public bool WithoutHeaders { get; private init; }

    public static MessageQuery LastOf(string subject) => new() { _lastOf = subject };

    /// <exception cref="ApiError">It asks for nothing, or for things that exclude each other.</exception>
    public static MessageQuery Read(ApiRequest request, JsonObject body)
    {
        var query = new MessageQuery
        {
            _sequence = request.Value<ulong>(body, "seq"),
            _lastOf = request.Value<string>(body, "last_by_subj") ?? "",
            _nextOf = request.Value<string>(body, "next_by_subj") ?? "",
            WithoutHeaders = request.Value<bool>(body, "no_hdr"),
        };
        if (request.Value<string>(body, "start_time") is { } time && !Go.TryParseTime(time, out query._startTime))
            throw Errors.InvalidJson(null);
        bool hasTime = query._startTime != 0;
        bool isNothing = query._sequence == 0 && query._lastOf.Length == 0 && query._nextOf.Length == 0 && !hasTime;
        bool isTooMuch = (query._sequence > 0 && (query._lastOf.Length > 0 || hasTime)) || (query._lastOf.Length > 0 && (hasTime || query._nextOf.Length > 0));
        return isNothing || isTooMuch ? throw Errors.BadRequest() : query;
    }

    public StoredMessage? Find(MessageStore messages)
    {
        ulong from = _startTime != 0 ? messages.SequenceAt(_startTime) : _sequence;
        if (_nextOf.Length > 0)
            return Pattern.TryParse(_nextOf) is { } next && messages.TryFindNext(from, message => next.Matches(message.Subject.Utf8), out StoredMessage? found) ? found : null;
        if (_lastOf.Length == 0)
            return messages.Find(from);
        if (Pattern.TryParse(_lastOf) is not { } last)
            return null;
        return last.IsLiteral
            ? messages.FindSubject(Encoding.UTF8.GetBytes(_lastOf))?.Last
            : messages.Subjects.Where(subject => last.Matches(subject.Utf8)).Select(subject => subject.Last!).MaxBy(message => message.Sequence);
    }
}
