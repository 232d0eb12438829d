#!/usr/bin/env -S dotnet run
#:sdk Microsoft.NET.Sdk.Worker
#:package Nats.Consumer.Runtime@TOOLKIT_VERSION
#:property PublishAot=false

// dotnet run worker.cs -- --demo     on a JetStream in memory, with an example message; nothing to install
// dotnet run worker.cs -- --setup    on the server of NATS_URL, or nats://127.0.0.1:4222

using Nats.Consumer;

var builder = Host.CreateApplicationBuilder(args);
builder.AddNatsConsumers();
return await builder.Build().RunNatsAsync(args);

internal sealed record PayloadRecord(string Id, DateTimeOffset At);

internal sealed partial class SampleHandler(ILogger<SampleHandler> logger) : ConsumerHandler
{
    // To return is to acknowledge. What throws is tried again, then kept as a dead letter.
    [Handle("SAMPLE_SUBJECT")]
    public Task OnVerbAsync(PayloadRecord payload, MessageContext message, CancellationToken cancellationToken)
    {
        LogHandled(message.Subject, payload.Id, payload.At);
        return Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Information, "Handled {Subject}: {Id} of {At}.")]
    private partial void LogHandled(string subject, string id, DateTimeOffset at);
}

internal sealed class SampleConsumer : PullConsumer
{
    public override string StreamName => "STREAM_NAME";

    public override IReadOnlyList<string> Subjects => ["SUBJECT"];

    protected override IEnumerable<StreamOperation> Setup() =>
        [StreamOperation.CreateOrUpdate(new StreamConfig("STREAM_NAME") { Subjects = ["STREAM_SUBJECT"], MaxAge = TimeSpan.FromDays(7) })];
}
