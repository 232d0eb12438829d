namespace Many;

public sealed class ManyConsumer : PullConsumer
{
    public override string StreamName => "many";
    public override IReadOnlyList<string> Subjects => ["many.one.>", "many.two.>", "many.three.>"];
    public override IReadOnlyList<Type> Handlers => [typeof(One), typeof(Two), typeof(Three)];
}

public sealed class One : ConsumerHandler { [Handle("many.one.*")] public Task RunAsync() => Task.CompletedTask; }
public sealed class Two : ConsumerHandler { [Handle("many.two.*")] public Task RunAsync() => Task.CompletedTask; }
public sealed class Three : ConsumerHandler
{
    [Handle("many.three.a")] public Task AAsync() => Task.CompletedTask;
    [Handle("many.three.b")] public Task BAsync() => Task.CompletedTask;
    [Handle("many.three.*")] public Task CAsync() => Task.CompletedTask;
}
