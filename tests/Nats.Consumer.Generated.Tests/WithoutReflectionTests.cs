using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Nats.Consumer.Handling;
using Nats.Consumer.Tests.Shapes;

namespace Nats.Consumer.Tests;

/// <summary>What the table does by itself, and what is said of the rest where there is no reflection.</summary>
[Collection(ReflectionSwitch.Collection)]
public class WithoutReflectionTests
{
    [Fact]
    public void Library_NeedsNone()
    {
        using var off = ReflectionSwitch.Off();
        HandlerCatalog catalog = Find(typeof(Tabled.PublicHandler).Assembly);
        catalog.HandlerTypes.Select(type => type.FullName).ShouldBe(["Tabled.HidingBase", "Tabled.InternalHandler", "Tabled.ProtectedBase", "Tabled.PublicHandler"]);
        catalog.ConsumerTypes.ShouldBe([typeof(Tabled.LibraryConsumer)]);
        foreach (Type type in catalog.HandlerTypes)
            catalog.Describe(type).Routes.Routes.ShouldNotBeEmpty();
    }

    [Fact]
    public void Handlers_AreMadeFromServices()
    {
        using var off = ReflectionSwitch.Off();
        HandlerCatalog catalog = Find(typeof(Tabled.PublicHandler).Assembly);
        var services = new ServiceCollection();
        var mine = new Tabled.PublicHandler();
        services.AddSingleton(mine);
        catalog.AddHandlersTo(services);
        catalog.AddConsumersTo(services);
        using ServiceProvider provider = services.BuildServiceProvider(validateScopes: true);
        using IServiceScope scope = provider.CreateScope();
        foreach (Type type in catalog.HandlerTypes)
            scope.ServiceProvider.GetRequiredService(type).ShouldBeOfType(type);
        scope.ServiceProvider.GetRequiredService<Tabled.PublicHandler>().ShouldBeSameAs(mine);
        provider.GetServices<JetStreamConsumer>().ShouldHaveSingleItem().ShouldBeOfType<Tabled.LibraryConsumer>();
    }

    [Fact]
    public void Assembly_WithClassesBeyondTheTable_SaysWhichAndWhy()
    {
        using var off = ReflectionSwitch.Off();
        string message = Should.Throw<PlatformNotSupportedException>(() => Find(typeof(WithoutReflectionTests).Assembly)).Message;
        message.ShouldStartWith("Handlers can only be found by reflection, which a trimmed or ahead-of-time compiled application does not have: ");
        message.ShouldEndWith(". Change that, or publish without PublishTrimmed and PublishAot.");
        string[] missing = [.. message["Handlers can only be found by reflection, which a trimmed or ahead-of-time compiled application does not have: ".Length..]
            .Replace(". Change that, or publish without PublishTrimmed and PublishAot.", "", StringComparison.Ordinal).Split("; ").Select(one => one.Replace("Nats.Consumer.Tests.Shapes.", "", StringComparison.Ordinal))];
        missing.Where(one => !one.StartsWith('<')).ShouldBe(
        [
            "Untabled was compiled without the source generator of Nats.Consumer.Analyzers, which a reference to Nats.Consumer.Runtime brings into a C# project",
            "Accessor has a [Handle] on get_Pending, which is no ordinary method",
            "Hiding+PrivateConsumer is private",
            "Hiding+PrivateHandler is private",
            "Hiding+PrivateOuter+InnerHandler is part of PrivateOuter, which is private",
            "LibraryGenericHidingHeir derives from GenericHidingBase, which has handlers that are not visible outside of its assembly",
            "LibraryHidingHeir derives from HidingBase, which has handlers that are not visible outside of its assembly",
            "NullInside has a [Handle] on OnAsync with something that is no text",
            "OfGenericWithOverloads has a handler OnAsync that is overloaded in a generic class",
            "OfGenericWithPrivate has a handler OnAsync that is not accessible in a generic class",
            "OutOfNull has a [Handle] on OnAsync with something that is no text",
            "PrivatePayload has a handler OnAsync that takes Hidden, which is private",
            "PrivatePayloadInside has a handler OnAsync that takes IReadOnlyList<Dictionary<String, Hidden[]>>, which names Hidden[], which is private",
            "ProtectedOuter+ProtectedHandler is protected",
            "UntabledHeir derives from PlainHandler, whose assembly has no table of handlers",
        ]);
        missing.Where(one => one.StartsWith('<')).Select(one => one[(one.IndexOf("__", StringComparison.Ordinal) + 2)..]).ShouldBe(["LocalConsumer is local to its file", "LocalHandler is local to its file"]);
    }

    [Fact]
    public void Class_InNoTable_IsRefused()
    {
        HandlerCatalog catalog = Find(typeof(Tabled.PublicHandler).Assembly);
        using var off = ReflectionSwitch.Off();
        Should.Throw<ConsumerConfigurationException>(() => catalog.Describe(typeof(Parameters))).Message.ShouldBe(
            "Parameters is in no generated table of handlers, and a trimmed or ahead-of-time compiled application has no reflection to read it with. "
            + "Name a class that is not generic, of an assembly that the application references.");
    }

    [Fact]
    public void Assembly_WithoutTable_IsRefused()
    {
        using var off = ReflectionSwitch.Off();
        Should.Throw<PlatformNotSupportedException>(() => Find(typeof(Untabled.PlainHandler).Assembly)).Message.ShouldContain(": Untabled was compiled without the source generator");
    }

    [Fact]
    public void Application_WithoutTable_IsRefused()
    {
        using var off = ReflectionSwitch.Off();
        var finder = new HandlerFinder();
        finder.AddApplication(typeof(Untabled.PlainHandler).Assembly);
        Should.Throw<PlatformNotSupportedException>(() => new HandlerCatalog(finder)).Message.ShouldContain(": Untabled was compiled without the source generator");
    }

    private static HandlerCatalog Find(Assembly assembly)
    {
        var finder = new HandlerFinder();
        finder.AddAssembly(assembly);
        return new HandlerCatalog(finder);
    }
}
