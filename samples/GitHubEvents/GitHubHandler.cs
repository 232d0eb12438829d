using GitHubEvents.Demonstration;
using GitHubEvents.Payloads;
using Nats.Consumer;

namespace GitHubEvents;

/// <summary>Events come as <c>github.EVENT.ACTION</c>, or as <c>github.EVENT</c>. The most specific pattern wins, whatever the order here.</summary>
public sealed class GitHubHandler(Ledger ledger) : ConsumerHandler
{
    [Handle("github.issues.*")] // any action, the payload read as IssueEvent
    public Task OnIssueAsync(IssueEvent issue, MessageContext message) =>
        ledger.HandledAsync(message, $"#{issue.Issue.Number} '{issue.Issue.Title}' was {issue.Action} in {issue.Repository.FullName}");

    [Handle("github.pull_request.opened", "github.pull_request.closed")] // several subjects, one method
    public Task OnPullRequestAsync(PullRequestEvent pull, MessageContext message) =>
        ledger.HandledAsync(message, $"#{pull.Number} '{pull.PullRequest.Title}' was {pull.Action} by {pull.Sender.Login}");

    [Handle("github.release.published")]
    public Task OnReleaseAsync(ReleaseEvent release, MessageContext message)
    {
        ledger.Begun(message);
        if (message.DeliveryCount <= Outage.AttemptsToFail(message))
            throw new HttpRequestException("The announcement could not be sent (503)."); // an exception means: again, after the next of BackoffDelays
        return ledger.HandledAsync(message, $"{release.Release.TagName} of {release.Repository.FullName} is announced");
    }

    [Handle("github.push")]
    public Task OnPushAsync(PushEvent push, MessageContext message) =>
        ledger.HandledAsync(message, $"{push.Commits.Count} commits to {push.Ref} of {push.Repository.FullName}");

    [Handle("github.{kind}.deleted")] // {kind} is one token, bound by name
    public Task OnDeletedAsync(string kind, MessageContext message) =>
        ledger.HandledAsync(message, $"a {kind} is gone");

    [Handle("github.*.*")] // every other event with an action; without a payload parameter nothing is deserialized
    public Task OnOtherAsync(MessageContext message) =>
        ledger.HandledAsync(message, $"{message.Payload.Length:N0} bytes, not looked into");

    // What no pattern takes: the other events without an action. Without this override they would be dead letters.
    protected override async ValueTask<Outcome> FallbackAsync(MessageContext message, FallbackReason reason, CancellationToken cancellationToken)
    {
        await ledger.HandledAsync(message, $"{reason}, acknowledged all the same");
        return Outcome.Ack;
    }
}
