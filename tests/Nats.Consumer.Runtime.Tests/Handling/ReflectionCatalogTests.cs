using System.Reflection;
using System.Reflection.Emit;
using Nats.Consumer.Handling;

namespace Nats.Consumer.Tests.Handling;

/// <summary>In assemblies of their own, made here, so that no other test finds what these are about.</summary>
public class ReflectionCatalogTests
{
    private const TypeAttributes Concrete = TypeAttributes.Public | TypeAttributes.Class;

    [Fact]
    public void New_Assembly_FindsHandlersByFullName()
    {
        var catalog = new ReflectionCatalog([Make(("B.Second", Concrete, typeof(ConsumerHandler)), ("A.First", Concrete, typeof(ConsumerHandler)))]);
        catalog.HandlerTypes.Select(type => type.FullName).ShouldBe(["A.First", "B.Second"]);
        catalog.ConsumerTypes.ShouldBeEmpty();
    }

    [Fact]
    public void New_AbstractOrUnrelatedClass_IsIgnored()
    {
        var catalog = new ReflectionCatalog([Make(("Base", Concrete | TypeAttributes.Abstract, typeof(ConsumerHandler)), ("Other", Concrete, typeof(object)))]);
        catalog.HandlerTypes.ShouldBeEmpty();
        catalog.ConsumerTypes.ShouldBeEmpty();
    }

    [Fact]
    public void New_GenericClass_IsIgnored() =>
        new ReflectionCatalog([typeof(ReflectionCatalogTests).Assembly]).HandlerTypes.ShouldNotContain(type => type.ContainsGenericParameters);

    [Fact]
    public void New_NoAssembly_FindsNothing() => new ReflectionCatalog([]).HandlerTypes.ShouldBeEmpty();

    [Fact]
    public void New_OwnAssembly_HasConsumers() =>
        new ReflectionCatalog([typeof(ReflectionCatalogTests).Assembly]).ConsumerTypes.ShouldContain(typeof(Fakes.StubConsumer));

    private static AssemblyBuilder Make(params (string Name, TypeAttributes Attributes, Type Parent)[] types)
    {
        var assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Made"), AssemblyBuilderAccess.RunAndCollect);
        ModuleBuilder module = assembly.DefineDynamicModule("Made");
        foreach ((string name, TypeAttributes attributes, Type parent) in types)
            module.DefineType(name, attributes, parent).CreateType();
        return assembly;
    }
}
