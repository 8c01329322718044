using System.Net.Http.Json;
using System.Text.Json;

namespace Exchange.Benchmarks;

/// <summary>The product's API for everything outside the clock: setting up, and the audit.</summary>
sealed class Api(Uri address) : IDisposable
{
    readonly HttpClient http = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };

    public async Task<JsonElement> Post(string path, object body, string? key, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        return await Send(request, key, stop);
    }

    public async Task<JsonElement> Get(string path, string key, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await Send(request, key, stop);
    }

    /// <summary>Every item of a list, page by page.</summary>
    public async IAsyncEnumerable<JsonElement> List(
        string path, string key, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        string? after = null;
        do
        {
            var page = await Get(
                path + "?limit=200" + (after is null ? "" : "&after=" + Uri.EscapeDataString(after)), key, stop);
            foreach (var item in page.GetProperty("items").EnumerateArray()) yield return item;
            after = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        while (after is not null);
    }

    public void Dispose() => http.Dispose();

    async Task<JsonElement> Send(HttpRequestMessage request, string? key, CancellationToken stop)
    {
        if (key is not null) request.Headers.Authorization = new("Bearer", key);
        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, stop);
        }
        catch (HttpRequestException e)
        {
            throw new BenchmarkFailure($"{request.Method} {request.RequestUri}: {e.Message}", e);
        }

        using (response)
        {
            if (response.IsSuccessStatusCode) return await response.Content.ReadFromJsonAsync<JsonElement>(stop);
            throw new BenchmarkFailure(FormattableString.Invariant(
                $"{request.Method} {request.RequestUri} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(stop)}"));
        }
    }
}
