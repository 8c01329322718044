using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Exchange.Journeys;

/// <summary>A file as a client sends it: fields and file in one form, in either order, since curl users write them in either.</summary>
sealed record Upload(string Name, byte[] Content, string? Audience = null, string? HandoffId = null, string ContentType = "application/octet-stream")
{
    public bool FileFirst { get; init; }

    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Content));

    /// <summary>The smallest thing that PDF readers open, made different by its text.</summary>
    public static byte[] Pdf(string text) => Encoding.ASCII.GetBytes($"""
        %PDF-1.4
        1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
        2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
        3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>> endobj
        4 0 obj <</Length {text.Length + 29}>> stream
        BT /F1 12 Tf 72 720 Td ({text}) Tj ET
        endstream endobj
        trailer <</Root 1 0 R>>
        %%EOF

        """);

    public static byte[] Noise(int size, int seed)
    {
        var bytes = new byte[size];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public MultipartFormDataContent Form()
    {
        var form = new MultipartFormDataContent();
        var file = new ByteArrayContent(Content);
        file.Headers.ContentType = MediaTypeHeaderValue.Parse(ContentType);
        if (FileFirst)
        {
            form.Add(file, "file", Name);
        }

        if (Audience is not null)
        {
            form.Add(new StringContent(Audience), "audience");
        }

        if (HandoffId is not null)
        {
            form.Add(new StringContent(HandoffId), "handoffId");
        }

        if (!FileFirst)
        {
            form.Add(file, "file", Name);
        }

        return form;
    }
}
