using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Exchange.Edge.Tests.TestKit;
using Npgsql;

namespace Exchange.Edge.Tests.Nodes;

/// <summary>A wire to PostgreSQL that can be cut: the client hears of it, and the server goes on with what it is at.</summary>
internal sealed class Wire : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> _near = [];
    private readonly ConcurrentBag<TcpClient> _far = [];
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;

    public Wire()
    {
        _listener.Start();
        _accepting = Accept();
    }

    /// <summary>What a node is told so that it uses this wire.</summary>
    public string Options => $"Host=127.0.0.1;Port={((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Ends all connections that there are, at the client's end alone. New ones can be made.</summary>
    public void Cut()
    {
        while (_near.TryTake(out var client))
        {
            client.Client.Close(0);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        Cut();
        foreach (var server in _far)
        {
            server.Dispose();
        }

        await _accepting;
        _end.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            var server = new NpgsqlConnectionStringBuilder(PostgresEngine.Server);
            while (true)
            {
                var near = await _listener.AcceptTcpClientAsync(_end.Token);
                var far = new TcpClient();
                await far.ConnectAsync(server.Host!, server.Port, _end.Token);
                _near.Add(near);
                _far.Add(far);
                _ = Pump(near.GetStream(), far.GetStream());
                _ = Pump(far.GetStream(), near.GetStream());
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private static async Task Pump(NetworkStream from, NetworkStream to)
    {
        try
        {
            await from.CopyToAsync(to);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // It was cut.
        }
    }
}
