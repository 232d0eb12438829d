using System.Net;
using System.Net.Sockets;
using System.Text;
using Nats.Consumer.Client.Auth;
using Nats.Consumer.Client.Tls;
using Nats.Consumer.Client.Wire;

namespace Nats.Consumer.Client.Connecting;

/// <summary>One physical connection, from the handshake to its end.</summary>
internal sealed class Session : IDisposable
{
    private readonly Stream _stream;
    private readonly ReceiveBuffer _received;

    private Session(ServerAddress server, Stream stream, ReceiveBuffer received, NatsServerInfo info, long openedAt)
    {
        Server = server;
        _stream = stream;
        _received = received;
        Info = info;
        OpenedAt = openedAt;
    }

    public ServerAddress Server { get; }

    public NatsServerInfo Info { get; }

    /// <summary>When the handshake was done, as a timestamp of the clock.</summary>
    public long OpenedAt { get; }

    /// <summary>Whether anything but greetings came: the server does not just take connections and cut them.</summary>
    public bool IsProven { get; private set; }

    /// <summary>Set when the server says that it is about to go.</summary>
    public TaskCompletionSource LameDuck { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Connects and shakes hands.</summary>
    /// <exception cref="NatsAuthenticationException">The server refused the credentials.</exception>
    /// <exception cref="NatsTlsException">TLS stands in the way.</exception>
    /// <exception cref="NatsConnectException">The credentials cannot be had now.</exception>
    /// <exception cref="NatsException">The server answered with an error, or is no NATS server.</exception>
    /// <exception cref="SocketException">Nobody listens there.</exception>
    /// <exception cref="TimeoutException">The server took longer than the connect time-out.</exception>
    public static async Task<Session> OpenAsync(ServerAddress server, NatsConnectionOptions options, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.ConnectTimeout, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var tls = new TlsNegotiation(server, options);
        Socket? socket = null;
        try
        {
            IPAddress[] addresses = await Dns.GetHostAddressesAsync(server.Host, either.Token).ConfigureAwait(false);
            socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            Session session = await OwnThread.Run(() =>
            {
                socket.Connect(addresses, server.Port);
                return ShakeHandsAsync(server, new BlockingNetworkStream(socket), tls, options, deadline, either.Token).GetAwaiter().GetResult();
            }).WaitAsync(either.Token).ConfigureAwait(false);
            either.Token.ThrowIfCancellationRequested();
            return session;
        }
        catch (Exception e)
        {
            // Ends what waits in the kernel. Some systems let a call go only after a while; nobody waits for that.
            _ = Task.Run(Close, CancellationToken.None);
            cancellationToken.ThrowIfCancellationRequested();
            if (deadline.IsCancellationRequested)
                throw new TimeoutException($"no answer within {options.ConnectTimeout.TotalSeconds:0.###} s: {tls.Waiting}");
            if (tls.Explain(e) is { } explained)
                throw explained;
            throw;
        }

        void Close()
        {
            tls.Dispose();
            socket?.Dispose();
        }
    }

    /// <summary>Receives and sends until the connection breaks or <paramref name="cancellationToken"/> is cancelled.</summary>
    /// <param name="outbox">What to send.</param>
    /// <param name="handler">Who takes what is received.</param>
    /// <param name="keepAlive">Runs beside; the session ends with it.</param>
    /// <param name="cancellationToken">Ends the session.</param>
    /// <returns>Why it ended.</returns>
    public async Task<Exception> RunAsync(Outbox outbox, IFrameHandler handler, Func<CancellationToken, Task> keepAlive, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] loops =
        [
            OwnThread.Run(() => Receive(outbox, handler, stop.Token)),
            OwnThread.Run(() => Send(outbox, stop.Token)),
            keepAlive(stop.Token),
        ];
        Task first = await Task.WhenAny(loops).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        outbox.Wake();
        _stream.Dispose();
        await Task.WhenAll(loops).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return first.Exception?.InnerException ?? new NatsConnectionException($"The connection to {Server} was closed.");
    }

    public void Dispose() => _stream.Dispose();

    private static async Task<Session> ShakeHandsAsync(
        ServerAddress server, Stream stream, TlsNegotiation tls, NatsConnectionOptions options, CancellationTokenSource deadline, CancellationToken cancellationToken)
    {
        var received = new ReceiveBuffer();
        Credentials credentials = Credentials.Choose(options, server);
        NonceProof? proof = null;
        NatsServerInfo? info = null;
        stream = await tls.BeforeInfoAsync(stream, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            switch (ReadAnswer(received, out NatsServerInfo? news, out string error))
            {
                case FrameKind.Info:
                    bool greeting = info is null;
                    info = news!;
                    if (greeting)
                    {
                        stream = await tls.AfterInfoAsync(stream, info, received, cancellationToken).ConfigureAwait(false);
                        if (options.Signer is not null)
                            deadline.CancelAfter(Timeout.InfiniteTimeSpan); // what the server does is measured, not what a vault does, whose time is its own
                        proof = await NonceProof.CreateAsync(credentials, server, info, options, cancellationToken).ConfigureAwait(false);
                        if (options.Signer is not null)
                            deadline.CancelAfter(options.ConnectTimeout);
                        await stream.WriteAsync(ConnectCommand.Write(options, credentials, proof, tls.IsSecure), cancellationToken).ConfigureAwait(false);
                    }

                    break;
                case FrameKind.Pong when info is not null:
                    return new Session(server, stream, received, info, options.TimeProvider.GetTimestamp());
                case FrameKind.Error:
                    throw AuthenticationErrors.Contains(error)
                        ? AuthenticationErrors.ToException(error, server, credentials, proof, options.TimeProvider)
                        : new NatsServerException($"{server} refused the connection: '{error}'.");
                case null:
                    await ReceiveMoreAsync(stream, received, received.Unread.Length + 1, cancellationToken).ConfigureAwait(false);
                    break;
            }
        }
    }

    private static FrameKind? ReadAnswer(ReceiveBuffer received, out NatsServerInfo? info, out string error)
    {
        Frame frame = default;
        (info, error) = (null, "");
        if (!FrameReader.TryRead(received.Unread, ref frame, out _))
            return null;
        if (frame.Kind == FrameKind.Info)
            info = NatsServerInfo.Parse(frame.Payload);
        else if (frame.Kind == FrameKind.Error)
            error = Encoding.UTF8.GetString(frame.Payload);
        received.Read(frame.Length);
        return frame.Kind;
    }

    private static async ValueTask ReceiveMoreAsync(Stream stream, ReceiveBuffer received, int needed, CancellationToken cancellationToken)
    {
        received.MakeRoom(needed);
        Received(received, await stream.ReadAsync(received.Free, cancellationToken).ConfigureAwait(false));
    }

    private static void Received(ReceiveBuffer received, int count)
    {
        if (count == 0)
            throw new NatsConnectionException("The server closed the connection.");
        received.Received(count);
    }

    private void Receive(Outbox outbox, IFrameHandler handler, CancellationToken cancellationToken)
    {
        int needed = 1;
        while (true)
        {
            outbox.Cork();
            try
            {
                while (TryHandle(handler, out needed, out ValueTask handled))
                {
                    if (!handled.IsCompletedSuccessfully)
                    {
                        outbox.Uncork();
                        try
                        {
                            // What is waited for has been taken over; a session that ends need not see its end.
                            handled.AsTask().WaitAsync(cancellationToken).GetAwaiter().GetResult();
                        }
                        finally
                        {
                            outbox.Cork();
                        }
                    }
                }
            }
            finally
            {
                outbox.Uncork();
            }

            _received.MakeRoom(needed);
            Received(_received, _stream.Read(_received.Free.Span));
        }
    }

    private bool TryHandle(IFrameHandler handler, out int needed, out ValueTask handled)
    {
        Frame frame = default;
        handled = default;
        if (!FrameReader.TryRead(_received.Unread, ref frame, out needed))
            return false;
        IsProven |= frame.Kind is FrameKind.Message or FrameKind.Pong;
        handled = handler.OnFrameAsync(frame);
        _received.Read(frame.Length);
        return true;
    }

    private void Send(Outbox outbox, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            while (outbox.TryTake(out ReadOnlyMemory<byte> batch))
                _stream.Write(batch.Span);
            outbox.Wait();
        }
    }
}
