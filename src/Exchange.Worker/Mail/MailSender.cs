using System.Net;
using System.Net.Mail;
using System.Text;
using System.Threading.Channels;
using Exchange.Core.Accounts;
using Exchange.Core.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Exchange.Worker.Mail;

/// <summary>
/// Sends mails by SMTP, one after another. They wait in memory: one that a crash loses is asked for again by whoever misses it.
/// </summary>
internal sealed partial class MailSender(MailSettings settings, TimeProvider time, ILogger<MailSender> log) : BackgroundService, IMail
{
    private const int MostWaiting = 1000;

    private static readonly TimeSpan[] TriesAfter = [TimeSpan.Zero, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2)];

    private readonly Channel<Func<CancellationToken, Task<Letter?>>> _waiting =
        Channel.CreateBounded<Func<CancellationToken, Task<Letter?>>>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    public bool GoesOut => !string.IsNullOrWhiteSpace(settings.Host);

    /// <summary>A server that says nothing for so long is tried again later.</summary>
    private static TimeSpan Patience => TimeSpan.FromSeconds(30);

    public string Link(string path) => (settings.Links?.TrimEnd('/') ?? "") + path;

    public void Send(Func<CancellationToken, Task<Letter?>> write)
    {
        if (!_waiting.Writer.TryWrite(write))
        {
            Overflows(MostWaiting);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var write in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                if (await write(stoppingToken) is { } letter)
                {
                    await Deliver(letter, stoppingToken);
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // Of this letter alone: the next one goes out.
                log.LogError(e, "A mail could not be written");
            }
        }
    }

    private async Task Deliver(Letter letter, CancellationToken ct)
    {
        if (!GoesOut)
        {
            Print(letter.To, letter.Subject, letter.Text);
            return;
        }

        for (var attempt = 0; ; attempt++)
        {
            await Task.Delay(TriesAfter[attempt], time, ct);
            try
            {
                await Smtp(letter, ct);
                return;
            }
            catch (Exception e) when (!ct.IsCancellationRequested && e is SmtpException or IOException or OperationCanceledException)
            {
                // Never its text: it may hold a code.
                if (attempt == TriesAfter.Length - 1 || e is SmtpFailedRecipientException)
                {
                    log.LogError(e, "A mail was given up after {Attempts} attempts at {Host}:{Port}", attempt + 1, settings.Host, settings.Port);
                    return;
                }

                log.LogWarning(e, "A mail did not go out at {Host}:{Port}; it is tried again", settings.Host, settings.Port);
            }
        }
    }

    private async Task Smtp(Letter letter, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        using var client = new SmtpClient(settings.Host, settings.Port) { EnableSsl = settings.Tls };
        if (!string.IsNullOrEmpty(settings.User))
        {
            client.Credentials = new NetworkCredential(settings.User, settings.Password);
        }

        using var message = new MailMessage(settings.From!, letter.To, letter.Subject, letter.Text)
        {
            SubjectEncoding = Encoding.UTF8, BodyEncoding = Encoding.UTF8, IsBodyHtml = false,
        };
        message.Headers.Add("Auto-Submitted", "auto-generated");
        await client.SendMailAsync(message, patience.Token);
    }

    [LoggerMessage(1, LogLevel.Warning, "No mail server is set (Mail:Host), so hand this on yourself. To {To}: {Subject}\n{Text}")]
    private partial void Print(string to, string subject, string text);

    [LoggerMessage(2, LogLevel.Error, "{Most} mails wait already; one more was dropped")]
    private partial void Overflows(int most);
}
