using System.Data.Common;
using System.Security.Cryptography;
using Exchange.Core.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Exchange.Edge.Tests.TestKit;

/// <summary>One database, and the folder of its files. Several worlds in one place are several nodes of one exchange.</summary>
internal abstract class Place(Engine engine, string? folder = null) : IAsyncDisposable
{
    private readonly bool _ownsFolder = folder is null;

    public Engine Engine { get; } = engine;

    public string Folder { get; } = folder ?? Path.Combine(Path.GetTempPath(), $"exchange-world-{NewName()}");

    /// <summary>The database as a node of the product is given it.</summary>
    public abstract IDialect Dialect(IServiceProvider services, World world);

    /// <summary>What a host of the product is told of the database.</summary>
    public virtual IReadOnlyList<(string Name, string Value)> Settings => [];

    /// <summary>An open connection of the test's own, beside the product's.</summary>
    public abstract DbConnection Open(bool write = false);

    /// <summary>An open connection that sees one moment, whatever is committed meanwhile.</summary>
    public abstract DbConnection Moment();

    /// <summary>Ends the session of this connection as a server does that is told to; returns when it is gone.</summary>
    public abstract Task Kill(DbConnection session);

    public virtual void Register(IServiceCollection services)
    {
    }

    public virtual ValueTask DisposeAsync()
    {
        if (_ownsFolder && Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }

        return default;
    }

    protected static string NewName() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
}
