using Nats.Consumer;

var builder = Host.CreateApplicationBuilder(args);
//#if (aot)
builder.AddNatsConsumers(nats => nats.UseJson(ROOT_NAMESPACE.SampleJson.Default));
//#else
builder.AddNatsConsumers();
//#endif
return await builder.Build().RunNatsAsync(args);
