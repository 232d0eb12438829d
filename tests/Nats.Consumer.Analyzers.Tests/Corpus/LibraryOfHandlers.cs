namespace Library;

// No consumer here: an application that references this library has them.
public sealed class CommentHandler : ConsumerHandler
{
    [Handle("comments.posted")]
    public Task OnPostedAsync(Comment comment) => Task.CompletedTask;
}

public sealed class ModerationHandler : ConsumerHandler
{
    [Handle("comments.posted")]
    public Task OnPostedAsync(Comment comment) => Task.CompletedTask;

    [Handle("comments.flagged")]
    public Task OnFlaggedAsync(Comment comment) => Task.CompletedTask;
}

public sealed record Comment(string Author, string Text);
