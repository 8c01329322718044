using System.Text.RegularExpressions;

namespace Exchange.Journeys;

/// <summary>The README's quick start is run as it is printed, so that it cannot rot.</summary>
sealed partial class QuickStartJourney
{
    const int AtMost = 10;

    ExchangeProcess exchange = null!;

    [OneTimeSetUp]
    public async Task Start() => exchange = await ExchangeProcess.Start();

    [OneTimeTearDown]
    public async Task Stop() => await exchange.DisposeAsync();

    [Test]
    public async Task The_quick_start_of_the_README_leads_from_sign_up_to_closed_in_at_most_ten_calls()
    {
        Shell.Needs("bash", "curl", "node");
        var script = Path.Combine(exchange.Folder, "quick-start.sh");
        var commands = await Commands();
        await File.WriteAllTextAsync(script, commands);
        var counter = await CountingCurl();

        var ran = await Shell.Run("bash", ["-euo", "pipefail", script], folder: exchange.Folder, environment: new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["BASE"] = exchange.Address.GetLeftPart(UriPartial.Authority),
            ["PATH"] = $"{Path.GetDirectoryName(counter)}:{Environment.GetEnvironmentVariable("PATH")}",
        });

        Assert.That(ran.ExitCode, Is.Zero, $"{ran.Both}\n--- the commands:\n{commands}");
        var calls = (await File.ReadAllLinesAsync(counter)).Length;
        Assert.That(calls, Is.InRange(1, AtMost), "calls of curl that were made");
        Assert.That(Curl().Count(commands), Is.InRange(1, AtMost), "curl commands that are printed");
        Assert.That(ran.Output, Does.Match(@"\bstate['""]?\s*:\s*['""]closed['""]|(^|\n)closed\s*$"), "the last answer shows that it is closed");
    }

    /// <summary>The fenced bash blocks under the heading, those that call the API; starting the product is not among them.</summary>
    static async Task<string> Commands()
    {
        var readme = Repository.File("README.md");
        Assert.That(readme, Does.Exist);
        var section = Section().Match(await File.ReadAllTextAsync(readme));
        Assert.That(section.Success, Is.True, "README.md has a heading: ## Quick start");
        var blocks = Block().Matches(section.Value).Select(block => block.Groups["body"].Value).Where(body => Curl().IsMatch(body)).ToArray();
        Assert.That(blocks, Is.Not.Empty, "the quick start has bash blocks with curl");
        return string.Join('\n', blocks);
    }

    /// <summary>A curl in front of the real one that counts its calls, loops and functions included.</summary>
    async Task<string> CountingCurl()
    {
        var folder = Directory.CreateDirectory(Path.Combine(exchange.Folder, "counting")).FullName;
        var counter = Path.Combine(folder, "calls");
        await File.WriteAllTextAsync(counter, "");
        var real = (await Shell.Bash("command -v curl")).Output.Trim();
        var curl = Path.Combine(folder, "curl");
        await File.WriteAllTextAsync(curl, $"#!/bin/bash\necho call >> '{counter}'\nexec '{real}' \"$@\"\n");
        Assert.That((await Shell.Run("chmod", ["+x", curl])).ExitCode, Is.Zero);
        return counter;
    }

    [GeneratedRegex(@"^## Quick start\s*$(.*?)(?=^## |\z)", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Section();

    [GeneratedRegex(@"^```bash\s*\n(?<body>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block();

    [GeneratedRegex(@"(?<![\w-])curl\s", RegexOptions.None, 1000)]
    private static partial Regex Curl();
}
