namespace Nats.Consumer.Testing;

/// <summary>Finds the nats-server binary of this machine.</summary>
/// <remarks>
/// In this order: the environment variable <c>NATS_SERVER</c> (a path); <c>PATH</c>; the newest of <c>artifacts/nats-server/VERSION/nats-server</c>
/// in the current directory, the application's directory, or one above them.
/// </remarks>
public static class NatsServerBinary
{
    /// <summary>The path of the nats-server binary.</summary>
    /// <exception cref="NatsServerException">There is none, or <c>NATS_SERVER</c> is set to something that cannot be executed.</exception>
    public static string Find() => BinarySearch.OfThisProcess().Find();

    /// <summary>Whether <see cref="Find"/> would find a binary. Tests that need a server can be skipped by it.</summary>
    /// <param name="path">The binary's path; empty when there is none.</param>
    public static bool TryFind(out string path)
    {
        try
        {
            path = Find();
            return true;
        }
        catch (NatsServerException)
        {
            path = "";
            return false;
        }
    }
}
