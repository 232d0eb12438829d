using System.Globalization;

namespace Lokal;

// Names and texts in another language; subjects in plain letters.
public sealed class RechnungsVerarbeiter : ConsumerHandler
{
    [Handle("rechnungen.gestellt")]
    public Task BeiRechnungAsync(Rechnung rechnung, CancellationToken abbruch) => File.AppendAllTextAsync("rechnungen.txt", rechnung.ToString(), abbruch);

    [Handle("rechnungen.{nummer}.bezahlt")]
    public Task BeiZahlungAsync(long nummer, decimal betrag) => Console.Out.WriteLineAsync(betrag.ToString("C", CultureInfo.GetCultureInfo("de-DE")));
}

public sealed record Rechnung(long Nummer, string Empfänger, decimal Betrag);
