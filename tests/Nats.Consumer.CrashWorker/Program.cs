using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nats.Consumer;
using Nats.Consumer.CrashWorker;

// A worker to be killed. It says on standard output what its handlers do, a line at a time and before they go on, so that the one who kills it knows.
var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "crash", Args = args });
builder.Configuration.AddCommandLine(args);
CrashOptions options = CrashOptions.From(builder.Configuration.GetSection("Crash"));
using var diary = new Diary();
builder.Services.AddSingleton(options).AddSingleton(diary);
builder.Logging.AddProvider(new DiaryLog(diary)).SetMinimumLevel(LogLevel.Information);
builder.AddNatsConsumers(nats => _ = options.IsPush ? nats.AddConsumer<CrashPush>() : nats.AddConsumer<CrashPull>());
return await builder.Build().RunNatsAsync(args);
