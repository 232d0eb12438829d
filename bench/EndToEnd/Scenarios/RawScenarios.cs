using Nats.Consumer.EndToEnd.Measuring;
using Nats.Consumer.EndToEnd.Raw;

namespace Nats.Consumer.EndToEnd.Scenarios;

/// <summary>The baselines, on a bare socket.</summary>
internal static class RawScenarios
{
    public static async Task<Measurement> PullAsync(Lab lab, int count, int window, bool blocks = true)
    {
        await lab.FillAsync(count);
        string durable = await lab.CreateDurableAsync();
        var meter = new Meter(lab, count);
        await OnThread(async () =>
        {
            using var connection = new RawConnection(lab.Url);
            connection.Write("SUB raw.inbox 1\r\n");
            int requested = 0;
            Pull();
            connection.Send();
            await connection.ReceiveUntilAsync(
                replyTo =>
                {
                    connection.Write("PUB "u8);
                    connection.Write(replyTo);
                    connection.Write(" 4\r\n+ACK\r\n"u8);
                    meter.Count();
                    if (--requested <= window / 2)
                        Pull();
                },
                () => meter.IsDone,
                blocks);

            void Pull()
            {
                string body = $$"""{"batch":{{window - requested}},"expires":30000000000,"idle_heartbeat":5000000000}""";
                connection.Write($"PUB $JS.API.CONSUMER.MSG.NEXT.{Lab.Stream}.{durable} raw.inbox {body.Length}\r\n{body}\r\n");
                requested = window;
            }
        });
        await lab.WaitForAcksAsync(durable, count);
        Measurement measured = meter.Stop();
        await lab.DeleteDurableAsync(durable);
        return measured;
    }

    public static async Task<Measurement> ReceiveAsync(Lab lab, int count, bool blocks = true)
    {
        Blaster blaster = lab.StartBlaster("blast.orders.created");
        var meter = new Meter(lab, count, blaster.ProcessId);
        await OnThread(async () =>
        {
            using var connection = new RawConnection(lab.Url);
            connection.Write("SUB blast.> 1\r\n");
            connection.Fence();
            blaster.Publish(count);
            await connection.ReceiveUntilAsync(_ => meter.Count(), () => meter.IsDone, blocks);
        });
        return meter.Stop();
    }

    public static async Task<Measurement> PublishAsync(Lab lab, int count)
    {
        const int Burst = 64 * 1024 / 160;
        var meter = new Meter(lab, count);
        await OnThread(() =>
        {
            using var connection = new RawConnection(lab.Url);
            byte[] one = [.. "PUB nobody.orders.created 128\r\n"u8, .. Lab.Payload, .. "\r\n"u8];
            byte[] many = [.. Enumerable.Repeat(one, Burst).SelectMany(bytes => bytes)];
            for (int left = count; left > 0; left -= Burst)
            {
                int burst = Math.Min(left, Burst);
                connection.SendAll(many.AsSpan(0, burst * one.Length));
                for (int i = 0; i < burst; i++)
                    meter.Count();
            }

            connection.Fence();
            return Task.CompletedTask;
        });
        return meter.Stop();
    }

    public static async Task<Measurement> PublishToStreamAsync(Lab lab, int count)
    {
        const int Window = 1000;
        await lab.RecreateStreamAsync(Lab.PublishStream);
        var meter = new Meter(lab, count);
        await OnThread(async () =>
        {
            using var connection = new RawConnection(lab.Url);
            connection.Write("SUB raw.replies 1\r\n");
            byte[] one = [.. "PUB "u8, .. System.Text.Encoding.UTF8.GetBytes(Lab.PublishSubject), .. " raw.replies 128\r\n"u8, .. Lab.Payload, .. "\r\n"u8];
            int sent = 0;
            for (; sent < Window; sent++)
                connection.Write(one);
            connection.Send();
            await connection.ReceiveUntilAsync(
                _ =>
                {
                    meter.Count();
                    if (sent++ < count)
                        connection.Write(one);
                },
                () => meter.IsDone,
                blocks: true);
        });
        Measurement measured = meter.Stop();
        await lab.CheckStreamAsync(Lab.PublishStream, count);
        return measured;
    }

    private static Task OnThread(Func<Task> loop) => Task.Factory.StartNew(loop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
}
