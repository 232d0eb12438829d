namespace GitHubEvents.Payloads;

// The few fields that the handlers use; what else a payload holds is skipped.
public sealed record IssueEvent(string Action, Issue Issue, Repository Repository);

public sealed record PullRequestEvent(string Action, int Number, PullRequest PullRequest, User Sender);

public sealed record ReleaseEvent(Release Release, Repository Repository);

public sealed record PushEvent(string Ref, IReadOnlyList<Commit> Commits, Repository Repository);

public sealed record Issue(int Number, string Title);

public sealed record PullRequest(string Title);

public sealed record Release(string TagName);

public sealed record Commit(string Id);

public sealed record Repository(string FullName);

public sealed record User(string Login);
