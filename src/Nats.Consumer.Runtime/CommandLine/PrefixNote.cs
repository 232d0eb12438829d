using Nats.Consumer.Hosting;

namespace Nats.Consumer.CommandLine;

/// <summary>Says once, above what a verb shows, how the names in it are on the server.</summary>
internal static class PrefixNote
{
    public static void Show(Screen screen, IEnumerable<ServerLink> links)
    {
        foreach (ServerLink link in links)
        {
            if (link.Prefix is { } prefix)
                screen.Line(link.Name is null ? prefix.Meaning : $"On {link.Title}: {prefix.Meaning}");
        }
    }
}
