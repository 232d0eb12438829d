using System.CommandLine;
using Microsoft.Extensions.Hosting;
using Nats.Consumer.CommandLine.Verbs;

namespace Nats.Consumer.CommandLine;

/// <summary>The verbs.</summary>
internal static class WorkerCommands
{
    public static RootCommand Create(IHost application, TextReader? keyboard)
    {
        var host = new VerbHost(application, keyboard);
        var root = new RootCommand("Consumes NATS JetStream. Without a verb: run.");
        RunVerb.AddTo(root, host);
        var run = new Command("run", "Consume until stopped.");
        RunVerb.AddTo(run, host);
        root.Subcommands.Add(run);
        root.Subcommands.Add(SetupVerb.Create(host));
        root.Subcommands.Add(PlanVerb.Create(host));
        root.Subcommands.Add(RoutesVerb.Create(host));
        root.Subcommands.Add(ExplainVerb.Create(host));
        root.Subcommands.Add(StreamsVerb.Create(host));
        root.Subcommands.Add(DlqVerb.Create(host));
        root.Subcommands.Add(PublishVerb.Create(host));
        root.Subcommands.Add(DoctorVerb.Create(host));
        return root;
    }
}
