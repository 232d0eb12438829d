namespace Lookalikes;

// Names like ours that have nothing to do with us.
public sealed class HandleAttribute(string text) : Attribute
{
    public string Text { get; } = text;
}

public abstract class PullConsumer
{
    public abstract string StreamName { get; }

    public virtual IReadOnlyList<string> Subjects => [];
}

public sealed class Mine : PullConsumer
{
    public override string StreamName => "not.a.stream";

    public override IReadOnlyList<string> Subjects => ["not..a..subject"];

    [Handle("nor..this")]
    public static void Handle()
    {
    }
}

public sealed class StreamConfig(string name)
{
    public string Name { get; } = name;

    public static StreamConfig Any { get; } = new("a.b");
}
