using System.Text.Json.Nodes;

namespace Nats.Consumer.Prefixing;

/// <summary>Where in a piece of JSON the names of streams and the subjects are. What a shape does not know is left alone.</summary>
internal abstract record JsonShape
{
    /// <summary>The name of a stream.</summary>
    public static readonly JsonShape StreamName = new Text((prefix, own) => prefix.Stream(own), (prefix, stream) => prefix.OwnStream(stream));

    /// <summary>A subject or pattern; empty stays empty.</summary>
    public static readonly JsonShape Subject = new Text((prefix, own) => prefix.Subject(own), (prefix, subject) => prefix.OwnSubject(subject));

    /// <summary>A pattern that is everything when it is empty: the server would write <c>></c> for it, which is more than this environment.</summary>
    public static readonly JsonShape SubjectOrAll = new Text((prefix, own) => prefix.Subject(own.Length == 0 ? ">" : own), (prefix, subject) => prefix.OwnSubject(subject));

    /// <summary>An object whose keys are subjects.</summary>
    public static readonly JsonShape SubjectKeys = new Keys();

    public static JsonShape Each(JsonShape item) => new Items(item);

    /// <summary>A list, of which the streams of other environments become <see langword="null"/>: its length counts where the list goes on.</summary>
    /// <param name="item">An item.</param>
    /// <param name="stream">The path to the stream's name in it; empty when it is the name.</param>
    public static JsonShape Own(JsonShape item, params string[] stream) => new OwnItems(item, stream);

    public static JsonShape Object(params (string Key, JsonShape Shape)[] fields) => new Fields(fields);

    /// <summary>A stream's configuration. Without subjects the server takes the stream's name for one, which there would have the prefix of a stream.</summary>
    public static JsonShape StreamConfigOf(JsonShape fields) => new StreamFields(fields);

    /// <summary>As the server is to read it. Changes <paramref name="node"/>, or gives what stands for it.</summary>
    public JsonNode? Out(SubjectPrefix prefix, JsonNode? node) => Map(node, prefix, isOut: true);

    /// <summary>As the application is to read it. Changes <paramref name="node"/>, or gives what stands for it.</summary>
    public JsonNode? In(SubjectPrefix prefix, JsonNode? node) => Map(node, prefix, isOut: false);

    protected abstract JsonNode? Map(JsonNode? node, SubjectPrefix prefix, bool isOut);

    private sealed record Text(Func<SubjectPrefix, string, string> ToServer, Func<SubjectPrefix, string, string> ToApplication) : JsonShape
    {
        protected override JsonNode? Map(JsonNode? node, SubjectPrefix prefix, bool isOut) =>
            node is JsonValue value && value.TryGetValue(out string? text) ? (isOut ? ToServer : ToApplication)(prefix, text) : node;
    }

    private sealed record Keys : JsonShape
    {
        protected override JsonNode? Map(JsonNode? node, SubjectPrefix prefix, bool isOut) => node is JsonObject subjects
            ? new JsonObject(subjects.Select(subject => KeyValuePair.Create(isOut ? prefix.Subject(subject.Key) : prefix.OwnSubject(subject.Key), subject.Value?.DeepClone())))
            : node;
    }

    private sealed record Items(JsonShape Item) : JsonShape
    {
        protected override JsonNode? Map(JsonNode? node, SubjectPrefix prefix, bool isOut)
        {
            for (int i = 0; i < (node as JsonArray)?.Count; i++)
                Put(node[i], Item.Map(node[i], prefix, isOut), changed => node[i] = changed);
            return node;
        }
    }

    private sealed record OwnItems(JsonShape Item, string[] Path) : JsonShape
    {
        protected override JsonNode? Map(JsonNode? node, SubjectPrefix prefix, bool isOut)
        {
            for (int i = 0; !isOut && i < (node as JsonArray)?.Count; i++)
            {
                if (!prefix.Owns((string?)Path.Aggregate(node[i], (at, key) => at?[key]) ?? ""))
                    node[i] = null;
            }

            return Each(Item).Map(node, prefix, isOut);
        }
    }

    private sealed record Fields((string Key, JsonShape Shape)[] Known) : JsonShape
    {
        protected override JsonNode? Map(JsonNode? node, SubjectPrefix prefix, bool isOut)
        {
            if (node is not JsonObject fields)
                return node;
            foreach ((string key, JsonShape shape) in Known)
            {
                if (fields.TryGetPropertyValue(key, out JsonNode? value) && value is not null)
                    Put(value, shape.Map(value, prefix, isOut), changed => fields[key] = changed);
            }

            return fields;
        }
    }

    private sealed record StreamFields(JsonShape Known) : JsonShape
    {
        protected override JsonNode? Map(JsonNode? node, SubjectPrefix prefix, bool isOut)
        {
            if (isOut && node is JsonObject fields && (string?)fields["name"] is { } name && fields["subjects"] is null or JsonArray { Count: 0 } && fields["mirror"] is null && fields["sources"] is null or JsonArray { Count: 0 })
                fields["subjects"] = new JsonArray(name);
            return Known.Map(node, prefix, isOut);
        }
    }

    // A node has one parent, so it cannot be put where it is.
    private static void Put(JsonNode? before, JsonNode? after, Action<JsonNode?> put)
    {
        if (before != after)
            put(after);
    }
}
