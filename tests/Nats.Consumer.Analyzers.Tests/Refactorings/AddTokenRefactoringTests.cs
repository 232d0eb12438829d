using Nats.Consumer.Analyzers.Verification;

namespace Nats.Consumer.Analyzers.Refactorings;

public class AddTokenRefactoringTests
{
    private static VerifyRefactoring Refactoring => new(new AddTokenRefactoring());

    [Theory]
    [InlineData("public Task On[||]Async(string payload)")]
    [InlineData("public Task OnAsync(string pay[||]load)")]
    public Task HandlerWithoutToken_GetsOne(string signature) => Refactoring.Does(
        [Code.Handler($"[Handle(\"a\")] {signature} => Task.CompletedTask;")],
        [Code.Handler("[Handle(\"a\")] public Task OnAsync(string payload, CancellationToken cancellationToken) => Task.CompletedTask;")]);

    [Theory]
    [InlineData("[Handle(\"a\")] public Task On[||]Async(CancellationToken ct) => Task.CompletedTask;")]
    [InlineData("public Task On[||]Async() => Task.CompletedTask;")]
    [InlineData("[Handle(\"a\")] public virtual Task On[||]Async() => Task.CompletedTask;")]
    [InlineData("[Handle(\"a\")] public Task OnAsync() => Task.[||]CompletedTask;")]
    public async Task NothingToAddOrElsewhere_IsNotOffered(string method) => (await Refactoring.Offers(Code.Handler(method))).ShouldBeEmpty();
}
