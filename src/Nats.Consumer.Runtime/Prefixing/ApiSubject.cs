namespace Nats.Consumer.Prefixing;

/// <summary>Finds the form of a subject below <c>$JS</c>, and translates it.</summary>
internal static class ApiSubject
{
    private const string Root = "$JS.";
    private const string Stream = "<STREAM>";

    /// <summary>Whether it is a call of the JetStream API, here or in a domain.</summary>
    public static bool IsCall(string subject) => Calls(subject) > 0;

    /// <summary>Whether it is an event that names a stream.</summary>
    public static bool IsEvent(string subject) => subject.StartsWith("$JS.EVENT.", StringComparison.Ordinal);

    /// <summary>A call as the server is to read it.</summary>
    /// <exception cref="NotSupportedException">The call is not known, so what it names cannot be found.</exception>
    public static string Out(SubjectPrefix prefix, string subject, out ApiForm form)
    {
        int start = Calls(subject);
        string[] tokens = subject[start..].Split('.');
        form = Find(ApiForms.Calls, tokens) ?? throw new NotSupportedException(
            $"'{subject}' is no call of the JetStream API that a connection with a subject prefix knows, so it cannot tell what is a name in it. Use a connection without a prefix for it.");
        return subject[..start] + string.Join('.', Translate(form, tokens, prefix.Stream, prefix.Subject));
    }

    /// <summary>The subject of an event, or a pattern of such, as the server is to read it.</summary>
    public static string EventOut(SubjectPrefix prefix, string subject, out ApiForm? form) => Event(subject, prefix.Stream, prefix.Subject, out form);

    /// <summary>The subject of an event as the application is to read it.</summary>
    public static string EventIn(SubjectPrefix prefix, string subject, out ApiForm? form) => Event(subject, prefix.OwnStream, prefix.OwnSubject, out form);

    private static string Event(string subject, Func<string, string> stream, Func<string, string> pattern, out ApiForm? form)
    {
        string[] tokens = subject[Root.Length..].Split('.');
        form = Find(ApiForms.Events, tokens);
        return form is null ? subject : Root + string.Join('.', Translate(form, tokens, stream, pattern));
    }

    // Where calls begin: behind "$JS.API." or "$JS.DOMAIN.API.".
    private static int Calls(string subject)
    {
        if (!subject.StartsWith(Root, StringComparison.Ordinal))
            return 0;
        if (subject.AsSpan(Root.Length).StartsWith("API."))
            return Root.Length + 4;
        int domain = subject.IndexOf('.', Root.Length);
        return domain > 0 && subject.AsSpan(domain).StartsWith(".API.") ? domain + 5 : 0;
    }

    private static ApiForm? Find(IReadOnlyList<ApiForm> forms, string[] tokens) => forms.FirstOrDefault(form => Matches(form.Tokens, tokens));

    private static bool Matches(string[] form, string[] tokens)
    {
        bool isOpen = form[^1] == ">";
        int fixedTokens = isOpen ? form.Length - 1 : form.Length;
        if (isOpen ? tokens.Length < fixedTokens : tokens.Length != fixedTokens)
            return false;
        for (int i = 0; i < fixedTokens; i++)
        {
            if (form[i] is not ("*" or Stream) && form[i] != tokens[i])
                return false;
        }

        return true;
    }

    private static IEnumerable<string> Translate(ApiForm form, string[] tokens, Func<string, string> stream, Func<string, string> subject)
    {
        for (int i = 0; i < tokens.Length; i++)
        {
            if (form.Tokens[i] == ">")
            {
                yield return subject(string.Join('.', tokens[i..]));
                yield break;
            }

            yield return form.Tokens[i] == Stream && tokens[i] is not ("*" or ">") ? stream(tokens[i]) : tokens[i];
        }
    }
}
