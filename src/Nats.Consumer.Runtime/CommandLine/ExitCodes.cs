namespace Nats.Consumer.CommandLine;

/// <summary>How a verb ends.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;

    /// <summary>It was looked for something, and there is some: drift, findings, nobody who handles a subject.</summary>
    public const int Findings = 2;

    /// <summary>The command line makes no sense (EX_USAGE of sysexits.h).</summary>
    public const int WrongUsage = 64;
}
