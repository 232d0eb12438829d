using System.Diagnostics.CodeAnalysis;
using Nats.Consumer.Hosting;
using Nats.Consumer.InMemory;
using Nats.Consumer.Subjects;

namespace Nats.Consumer.Testing;

public sealed partial class ConsumerHarness
{
    /// <summary>
    /// Cuts the worker's connection: what is on its way is lost, and the worker waits for the server until <see cref="RestoreConnectionAsync"/>. The test's own <see cref="PublishAsync{T}(string, T, PublishOptions?, CancellationToken)"/> still works.
    /// </summary>
    /// <param name="cancellationToken">Gives up.</param>
    public Task LoseConnectionAsync(CancellationToken cancellationToken = default) => LoseAsync(Running.Links.Default, "connection    is lost", cancellationToken);

    /// <summary>Cuts a named connection of the worker as <see cref="LoseConnectionAsync(CancellationToken)"/> does the default one.</summary>
    /// <param name="connection">The name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The worker has no such connection.</exception>
    public Task LoseConnectionAsync(string connection, CancellationToken cancellationToken = default)
    {
        ServerOf(connection);
        return LoseAsync(Running.Links.Find(connection), $"connection    '{connection}' is lost", cancellationToken);
    }

    /// <summary>Lets the worker's connections come back.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task RestoreConnectionAsync(CancellationToken cancellationToken = default)
    {
        _journal.Note("connection    is back");
        foreach (InMemoryJetStream server in _servers.All)
            server.Reconnect();
        await WaitUntilIdleAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lets publishes into streams fail: the worker's, dead letters among them, and the test's.</summary>
    /// <param name="subjects">A subject or pattern; dead letters go to <c>dead-letters.&gt;</c>.</param>
    /// <param name="kind">How.</param>
    /// <param name="times">How many; <see langword="null"/> for all.</param>
    /// <returns>Ends it when disposed.</returns>
    public IDisposable FailPublishes([StringSyntax("NatsSubjectPattern")] string subjects, InMemoryPublishFault kind = InMemoryPublishFault.Error, int? times = null) =>
        Server.FailPublishes(_servers.PrefixOf(null)?.Subject(subjects) ?? subjects, kind, times);

    /// <summary>Lets handlers take time, by the harness's clock, before they begin.</summary>
    /// <param name="delay">How long.</param>
    /// <param name="subjects">Those of which messages: a subject or pattern.</param>
    /// <returns>Ends it, for messages that come later, when disposed.</returns>
    public IDisposable SlowHandlers(TimeSpan delay, [StringSyntax("NatsSubjectPattern")] string subjects = ">")
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(delay, TimeSpan.Zero);
        return _slow.Add(SubjectPattern.Parse(subjects), delay);
    }

    /// <summary>
    /// Kills the worker: it tells the server nothing any more, and gives nothing back. Messages that it had come again when their ack wait is over. <see cref="RestartAsync"/> starts it again on the same streams.
    /// </summary>
    /// <remarks>Handlers that wait at this moment are cancelled, since code in this process cannot be killed; what they still do is not recorded.</remarks>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task CrashAsync(CancellationToken cancellationToken = default)
    {
        WorkerHost worker = Running;
        _journal.Note("worker        is killed");
        foreach (ServerLink link in worker.Links.All)
            _servers.Of(link.Name).Disconnect(link.Wire); // what it still wants to say does not arrive
        _worker = null;
        _dead.Add((worker, worker.AbandonAsync()));
        await WaitUntilIdleAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stops the worker as the platform does: it takes no more messages, finishes those that it has begun with, and gives back the others. The clock moves if handlers wait for it.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        if (_worker is not { } worker)
            return;
        _journal.Note("worker        is told to stop");
        Task stop = worker.StopAsync();
        _worker = null;
        _dead.Add((worker, stop));
        await DriveAsync(stop, StopLimit, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Starts the worker again, on the streams and consumers that are there. One that still runs is stopped first.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ConsumerHarnessException">The worker does not start.</exception>
    public async Task RestartAsync(CancellationToken cancellationToken = default)
    {
        await StopAsync(cancellationToken).ConfigureAwait(false);
        await StartWorkerAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task LoseAsync(ServerLink link, string note, CancellationToken cancellationToken)
    {
        _journal.Note(note);
        _servers.Of(link.Name).Disconnect(link.Wire);
        await WaitUntilIdleAsync(cancellationToken).ConfigureAwait(false);
    }
}
