using GitHubEvents.Demonstration;
using GitHubEvents.Payloads;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Nats.Consumer;

Console.WriteLine("Publishes 329 real GitHub webhook payloads and a truncated one, handles them, and accounts for each.");
var builder = Host.CreateApplicationBuilder(args);
await using EventServer? server = await EventServer.StartUnlessGivenAsync(builder.Configuration);
if (server is null)
    return 1;

builder.AddDemonstration(server);                                   // publishes the events, and adds up what becomes of them
builder.AddNatsConsumers(nats => nats.UseJson(GitHubJson.Options)); // finds GitHubConsumer and GitHubHandler
IHost host = builder.Build();
Summary summary = host.Services.GetRequiredService<Summary>();
int exitCode = await host.RunNatsAsync(["run", "--setup"]);
return exitCode != 0 ? exitCode : summary.Print(Console.Out);
