// Html.Raw(LienThong.News()) where the list is to stand. The fragment is finished: cleaned, escaped and without script
// by the gateway. .NET Framework 4.5 and later, .NET 6 and later, Mono; no package.
using System;
using System.IO;
using System.Net.Http;

public static class LienThong
{
    const string Address = "https://tin.example.gov.vn/feeds/all.html?limit=10";
    static readonly string Kept = Path.Combine(Path.GetTempPath(), "lien-thong-all.html");
    static readonly HttpClient Http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
        { Timeout = TimeSpan.FromSeconds(5), MaxResponseContentBufferSize = 1 << 20 };
    static readonly object Turn = new object();
    static DateTime asked;

    public static string News()
    {
        lock (Turn)
        {
            if (DateTime.UtcNow - asked > TimeSpan.FromMinutes(1)) // Asked once a minute, whoever looks.
            {
                asked = DateTime.UtcNow;
                try
                {
                    var html = Http.GetStringAsync(Address).Result;
                    if (html.StartsWith("<ul class=\"lien-thong\"")) File.WriteAllText(Kept, html);
                }
                catch (AggregateException) { } // The gateway is away: the last list stays.
            }
            // What was withdrawn must be gone within three hours, gateway or not.
            var fresh = File.Exists(Kept) && DateTime.UtcNow - File.GetLastWriteTimeUtc(Kept) < TimeSpan.FromHours(2);
            return fresh ? File.ReadAllText(Kept) : "<p><a href=\"https://tin.example.gov.vn/\">Tất cả tin</a></p>";
        }
    }
}
