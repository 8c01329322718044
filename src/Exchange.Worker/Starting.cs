using System.Runtime.InteropServices;
using Exchange.Core.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Exchange.Worker;

/// <summary>How a host starts and ends.</summary>
public static class Starting
{
    private static readonly CancellationTokenSource Signal = new();

    /// <summary>Set by a signal that comes before the host itself listens to signals.</summary>
    public static CancellationToken Stopping => Signal.Token;

    /// <summary>Runs a host; a start that is refused ends with one clear line and the exit code 1.</summary>
    public static async Task<int> Guarded(Func<Task> run)
    {
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        try
        {
            await run();
            return Environment.ExitCode;
        }
        catch (OperationCanceledException)
        {
            // Told to stop while it was still starting.
            return 0;
        }
        catch (StartRefused refused)
        {
            return await Refuse(refused.Message);
        }
        catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            return await Refuse($"{e.Message} Stop the other program, or choose another address with --urls.");
        }
    }

    /// <summary>A signal that came before the host listened to signals stops it as soon as it can be stopped.</summary>
    public static IDisposable StopsWith(IServiceProvider services) =>
        Signal.Token.Register(() => services.GetRequiredService<IHostApplicationLifetime>().StopApplication());

    /// <summary>Writes a line for the person who started it, once the host runs.</summary>
    public static void Say(string line, IServiceProvider services) =>
        services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(() => Console.WriteLine(line));

    private static void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        Signal.Cancel();
    }

    private static async Task<int> Refuse(string why)
    {
        await Console.Error.WriteLineAsync($"The exchange does not start. {why}");
        return 1;
    }
}
