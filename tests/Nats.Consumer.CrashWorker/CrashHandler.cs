using System.Diagnostics;
using System.Globalization;

namespace Nats.Consumer.CrashWorker;

/// <summary>Does what the subject says, and says so.</summary>
public sealed class CrashHandler(CrashOptions options, Diary diary) : ConsumerHandler
{
    [Handle("crash.{kind}")]
    public async Task OnAsync(string kind, MessageContext message, CancellationToken cancellationToken)
    {
        string number = message.StreamSequence.ToString(CultureInfo.InvariantCulture);
        diary.Write($"S {number} {message.DeliveryCount}");
        await WorkAsync(cancellationToken);
        switch (kind)
        {
            case "kill":
                Process.GetCurrentProcess().Kill(); // SIGKILL, by its own hand
                break;
            case "hang":
                await Task.Delay(Timeout.Infinite, cancellationToken);
                break;
            case "fail":
            case "flaky" when message.DeliveryCount == 1:
                diary.Write($"F {number} {message.DeliveryCount}");
                throw new InvalidOperationException($"{kind} {number}");
            case "publish":
                await message.PublishAsync($"out.{number}.a", number, cancellationToken: cancellationToken);
                await WorkAsync(cancellationToken);
                await message.PublishAsync($"out.{number}.b", number, cancellationToken: cancellationToken);
                break;
        }

        diary.Write($"E {number} {message.DeliveryCount}");
    }

    private Task WorkAsync(CancellationToken cancellationToken) => Task.Delay(options.Work * Random.Shared.NextDouble(), cancellationToken);
}
