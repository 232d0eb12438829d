using FsCheck;
using FsCheck.Fluent;

namespace Nats.Consumer.Tests.Fakes;

internal static class Samples
{
    public static void ForAll<T>(Gen<T> values, Func<T, bool> holds, int runs = 500) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(runs).WithQuietOnSuccess(true), Prop.ForAll(values.ToArbitrary(), holds));
}
