using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace GitHubEvents.Demonstration;

internal static class DemonstrationExtensions
{
    public static void AddDemonstration(this IHostApplicationBuilder builder)
    {
        builder.Logging
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddConsole(console => console.FormatterName = ShortFormatter.Id);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services
            .AddSingleton<ConsoleFormatter, ShortFormatter>()
            .AddSingleton<Ledger>()
            .AddSingleton<ServerView>()
            .AddSingleton<Evidence>()
            .AddSingleton<Summary>()
            .AddHostedService<Demonstrator>();
    }
}
