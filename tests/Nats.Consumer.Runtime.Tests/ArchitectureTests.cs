using System.ComponentModel;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Nats.Consumer.Client;
using Nats.Consumer.InMemory;
using Nats.Consumer.Testing;

namespace Nats.Consumer.Tests;

/// <summary>The rules of the house that a compiler does not check.</summary>
public class ArchitectureTests
{
    private static readonly Assembly Client = typeof(INatsConnection).Assembly;
    private static readonly Assembly InMemory = typeof(InMemoryJetStream).Assembly;
    private static readonly Assembly Runtime = typeof(ConsumerHandler).Assembly;
    private static readonly Assembly Testing = typeof(NatsServerProcess).Assembly;

    /// <summary>Made to be derived from, or to be caught with what derives from them.</summary>
    private static readonly string[] MadeForDerivation = [nameof(NatsException), nameof(NatsConnectionException), nameof(NatsConnectionSettings), nameof(JetStreamException), typeof(Nats.Consumer.JetStream.WireEnumConverter<>).Name, "WordConverter`1"];

    [Fact]
    public void References_OfOurAssemblies_PointOneWay()
    {
        OursIn(Client).ShouldBeEmpty();
        OursIn(InMemory).ShouldBe(["Nats.Consumer.Client"]);
        OursIn(Runtime).ShouldBe(["Nats.Consumer.Client", "Nats.Consumer.InMemory"], ignoreOrder: true);
        OursIn(Testing).ShouldBeSubsetOf(["Nats.Consumer.Client", "Nats.Consumer.InMemory", "Nats.Consumer.Runtime"]);
    }

    [Fact]
    public void PublicApi_OfTheClient_KnowsNoJetStream()
    {
        IEnumerable<string> names = Client.GetExportedTypes().SelectMany(type =>
            type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly).Select(member => member.Name).Append(type.Name));
        names.Where(name => name.Contains("JetStream", StringComparison.OrdinalIgnoreCase) || name.StartsWith("Js", StringComparison.Ordinal))
            .Except(["JetStreamEnabled", "get_JetStreamEnabled", "set_JetStreamEnabled"]) // what a server says of itself in its INFO
            .ShouldBeEmpty();
    }

    [Fact]
    public void Runtime_References_NoSockets()
    {
        string[] forbidden = ["System.Net.Sockets", "System.Net.Security", "System.Net.Http"];
        ReferencedNamespaces(Runtime).Where(name => forbidden.Any(name.StartsWith)).ShouldBeEmpty();
        ReferencedNamespaces(InMemory).Where(name => forbidden.Any(name.StartsWith)).ShouldBeEmpty();
        ReferencedNamespaces(Client).ShouldContain("System.Net.Sockets"); // so the scan sees what there is
    }

    [Fact]
    public void Classes_Everywhere_AreSealedStaticOrAbstract() => new[] { Client, InMemory, Runtime, Testing }.SelectMany(assembly => assembly.GetTypes())
        .Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false } && type.Namespace?.StartsWith("Nats.", StringComparison.Ordinal) == true)
        .Select(type => type.Name)
        .ShouldBe(MadeForDerivation, ignoreOrder: true);

    [Fact]
    public void PublicNamespaces_OfTheRuntime_AreOneAndOneForGeneratedCode() =>
        Runtime.GetExportedTypes().Where(type => type.Namespace is not ("Nats.Consumer" or "Nats.Consumer.Generated")).Select(type => type.FullName).ShouldBeEmpty();

    [Fact]
    public void WhatGeneratedCodeNeeds_IsHiddenFromEditors() => Runtime.GetExportedTypes()
        .Where(type => type.Namespace == "Nats.Consumer.Generated" && type.GetCustomAttribute<EditorBrowsableAttribute>()?.State != EditorBrowsableState.Never)
        .Select(type => type.FullName)
        .ShouldBeEmpty();

    private static IEnumerable<string> OursIn(Assembly assembly) =>
        assembly.GetReferencedAssemblies().Select(name => name.Name!).Where(name => name.StartsWith("Nats.", StringComparison.Ordinal));

    private static HashSet<string> ReferencedNamespaces(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        MetadataReader metadata = file.GetMetadataReader();
        return [.. metadata.TypeReferences.Select(handle => metadata.GetString(metadata.GetTypeReference(handle).Namespace))];
    }
}
