using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Issues;

/// <summary>A class of another assembly whose handlers are all private was taken for one that has none: NATS0302, an error, where the worker runs.</summary>
public class PrivateHandlersOfALibraryTests
{
    [Fact]
    public Task Handlers_NamesAClassWithPrivateHandlers_OfALibrary_IsRight() => Verify.Rule("NATS0302")
        .WithLibrary("public sealed class LibraryHandler : ConsumerHandler { [Handle(\"a\")] private Task OnAsync() => Task.CompletedTask; }")
        .Reports(Code.ConsumerWith("public override IReadOnlyList<Type> Handlers => [typeof(LibraryHandler)];"));

    [Fact]
    public Task Handlers_NamesAClassWithoutHandlers_OfItsOwnProject_IsWrong() => Verify.Rule("NATS0302").Reports(
        "public sealed class [|EmptyHandler|] : ConsumerHandler;",
        Code.ConsumerWith("public override IReadOnlyList<Type> Handlers => [[|typeof(EmptyHandler)|]];"));
}
