using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Nats.Consumer.EndToEnd.Raw;

/// <summary>A process of its own that publishes as fast as the server takes it: for each number that it reads from its input, so many messages.</summary>
internal sealed class Blaster : IDisposable
{
    private readonly Process _process;

    private Blaster(Process process) => _process = process;

    public int ProcessId => _process.Id;

    public static Blaster Start(string url, string subject)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true };
        // Under `dotnet EndToEnd.dll` the process is the host, and the first argument the program.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(Blaster).Assembly.Location);
        foreach (string argument in (string[])["blast", url, subject])
            start.ArgumentList.Add(argument);
        return new Blaster(Process.Start(start)!);
    }

    public void Publish(int count) => _process.StandardInput.WriteLine(count.ToString(CultureInfo.InvariantCulture));

    public void Dispose()
    {
        _process.StandardInput.Close(); // ends it
        _process.WaitForExit();
        _process.Dispose();
    }

    public static Task RunAsync(string url, string subject, CancellationToken cancellationToken)
    {
        using var connection = new RawConnection(url);
        byte[] one = Encoding.UTF8.GetBytes($"PUB {subject} {Lab.PayloadSize}\r\n{Encoding.UTF8.GetString(Lab.Payload)}\r\n");
        while (Console.ReadLine() is { } line && !cancellationToken.IsCancellationRequested)
            SendMany(connection, one, int.Parse(line, CultureInfo.InvariantCulture));
        return Task.CompletedTask;
    }

    /// <summary>Sends a command many times, 64 KiB a call, and waits until the server has handled them.</summary>
    public static void SendMany(RawConnection connection, ReadOnlySpan<byte> one, int count)
    {
        int most = 64 * 1024 / one.Length;
        byte[] many = new byte[most * one.Length];
        for (int i = 0; i < most; i++)
            one.CopyTo(many.AsSpan(i * one.Length));
        for (int left = count; left > 0; left -= most)
            connection.SendAll(many.AsSpan(0, Math.Min(left, most) * one.Length));
        connection.Fence();
    }
}
