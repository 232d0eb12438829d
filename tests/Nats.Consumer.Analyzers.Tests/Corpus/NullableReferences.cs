#nullable enable
namespace Shop.Profiles;

public sealed class ProfileChanged
{
    public required string UserId { get; init; }

    public string? DisplayName { get; init; }

    public Uri? Avatar { get; init; }

    public IReadOnlyDictionary<string, string?>? Extra { get; init; }
}

public sealed class ProfileHandler : ConsumerHandler
{
    [Handle("profiles.changed")]
    public Task<Outcome> OnChangedAsync(ProfileChanged profile, MessageContext message)
    {
        string? source = message.Headers?["Source"];
        if (source is null)
            return Task.FromResult(Outcome.Drop("nobody says where it comes from"));
        return profile.DisplayName is { Length: > 100 }
            ? Task.FromResult(Outcome.DeadLetter("the name is too long"))
            : Task.FromResult(Outcome.Ack);
    }

    [Handle("profiles.deleted")]
    public Task OnDeletedAsync(string? userId) => Task.CompletedTask;
}
