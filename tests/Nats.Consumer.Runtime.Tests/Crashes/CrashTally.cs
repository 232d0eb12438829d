namespace Nats.Consumer.Tests.Crashes;

/// <summary>Counts the kills of a test that is made in parts: together they are to be so many.</summary>
public sealed class CrashTally
{
    private int _kills;
    private int _parts;

    public string Add(int kills, int parts, int atLeast)
    {
        _kills += kills;
        if (++_parts == parts)
            _kills.ShouldBeGreaterThanOrEqualTo(atLeast);
        return $"{_kills} kills in {_parts} of {parts} parts";
    }
}
