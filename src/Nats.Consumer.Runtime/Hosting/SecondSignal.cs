using System.Runtime.InteropServices;

namespace Nats.Consumer.Hosting;

/// <summary>While the worker ends, calls an action when it is asked to end once more: somebody does not want to wait.</summary>
internal sealed class SecondSignal : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations;

    public SecondSignal(Action action) => _registrations =
    [
        Register(PosixSignal.SIGINT, action),
        Register(PosixSignal.SIGTERM, action),
    ];

    public void Dispose() => Array.ForEach(_registrations, registration => registration.Dispose());

    private static PosixSignalRegistration Register(PosixSignal signal, Action action) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true; // the process still ends in good order, only at once
        action();
    });
}
