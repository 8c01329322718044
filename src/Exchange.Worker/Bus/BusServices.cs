using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Exchange.Core.Store;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;

namespace Exchange.Worker.Bus;

/// <summary>
/// The bus that the settings choose: one queue for competing relays, and a temporary one for each node that has open pages.
/// Nothing is retried by the broker, and there are no error queues: the log does both.
/// </summary>
public static class BusServices
{
    /// <summary>How many messages one process relays at a time.</summary>
    private const int AtOnce = 4;

    /// <summary>How many more may lie ready in the process.</summary>
    private const int Ahead = 16;

    public static IServiceCollection AddExchangeBus(this IServiceCollection services, Settings settings, Node node)
    {
        services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.AddConsumer<EntriesAppendedConsumer>();
            bus.AddConsumer<ChangedConsumer>();
            bus.AddConsumer<RelayProbeConsumer>();
            bus.AddConsumer<LiveProbeConsumer>();
            if (settings.InMemory)
            {
                bus.UsingInMemory((context, transport) => Endpoints(context, transport, node));
            }
            else
            {
                bus.UsingRabbitMq((context, transport) =>
                {
                    transport.Host(Address(settings.ConnectionStrings.RabbitMq!), host => Secure(host, settings));
                    Endpoints(context, transport, node);
                });
            }
        });
        services.Configure<MassTransitHostOptions>(options =>
        {
            // A broker that is away holds up no start: commands succeed without it.
            options.WaitUntilStarted = settings.InMemory;
            options.StopTimeout = TimeSpan.FromSeconds(10);
        });
        services.AddSingleton(node);
        services.AddSingleton<BusHealth>();
        services.AddSingleton<Pulse>();
        services.AddHostedService<RingPublisher>();
        services.AddHostedService<Watchdog>();
        if (!settings.InMemory)
        {
            services.AddHostedService<ChangePublisher>();
        }

        return services;
    }

    private static void Endpoints<T>(IBusRegistrationContext context, IBusFactoryConfigurator<T> transport, Node node)
        where T : IReceiveEndpointConfigurator
    {
        if (node.Relays)
        {
            transport.ReceiveEndpoint(Node.Relay, endpoint =>
            {
                Plain(endpoint);
                endpoint.ConcurrentMessageLimit = AtOnce;
                endpoint.PrefetchCount = AtOnce + Ahead;
                if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbit)
                {
                    rabbit.SetQuorumQueue();
                }

                endpoint.ConfigureConsumer<EntriesAppendedConsumer>(context);
                endpoint.ConfigureConsumer<RelayProbeConsumer>(context);
            });
        }

        if (node.Listens)
        {
            transport.ReceiveEndpoint(node.Live, endpoint =>
            {
                Plain(endpoint);
                if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbit)
                {
                    (rabbit.Durable, rabbit.AutoDelete) = (false, true);
                }

                endpoint.ConfigureConsumer<ChangedConsumer>(context);
                endpoint.ConfigureConsumer<LiveProbeConsumer>(context);
            });
        }
    }

    private static void Plain<T>(T endpoint)
        where T : IReceiveEndpointConfigurator
    {
        endpoint.PublishFaults = false;
        endpoint.DiscardFaultedMessages();
        endpoint.DiscardSkippedMessages();

        // A probe is for one endpoint: it is sent there, not published to all.
        endpoint.ConfigureMessageTopology<Contracts.V1.Probe>(enabled: false);
    }

    private static Uri Address(string connection)
    {
        var uri = new UriBuilder(connection) { UserName = "", Password = "" };
        if (uri.Port < 0)
        {
            uri.Port = uri.Scheme == "amqps" ? 5671 : 5672;
        }

        uri.Scheme = uri.Scheme == "amqps" ? "rabbitmqs" : "rabbitmq";
        return uri.Uri;
    }

    private static void Secure(IRabbitMqHostConfigurator host, Settings settings)
    {
        var uri = new Uri(settings.ConnectionStrings.RabbitMq!);
        var user = uri.UserInfo.Split(':', 2);

        // The library names the user it was given in its log and its errors; so it is given none, and the client beneath it is.
        host.Username("");
        host.Password("");
        host.CredentialsProvider = new BasicCredentialsProvider(
            null,
            user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : ConnectionFactory.DefaultUser,
            user.Length > 1 ? Uri.UnescapeDataString(user[1]) : ConnectionFactory.DefaultPass);
        host.OnRefreshConnectionFactory = factory =>
        {
            (factory.UserName, factory.Password) = ("", "");
            return Task.CompletedTask;
        };
        host.Heartbeat(TimeSpan.FromSeconds(10));
        host.RequestedConnectionTimeout(TimeSpan.FromSeconds(10));
        if (uri.Scheme == "amqps")
        {
            host.UseSsl(tls =>
            {
                tls.ServerName = uri.Host;

                // The library's own default lets a certificate pass that comes from nobody in particular.
                tls.EnforcePolicyErrors(SslPolicyErrors.RemoteCertificateChainErrors | SslPolicyErrors.RemoteCertificateNameMismatch | SslPolicyErrors.RemoteCertificateNotAvailable);
                if (settings.Bus.CaFile is { Length: > 0 } file)
                {
                    tls.CertificateValidationCallback = (_, certificate, sent, errors) => ComesFrom(file, certificate, sent, errors);
                }
            });
        }
    }

    /// <summary>Whether a certificate, which the machine's own roots do not know, comes from one of the file's.</summary>
    private static bool ComesFrom(string file, X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None || certificate is null || errors != SslPolicyErrors.RemoteCertificateChainErrors)
        {
            return errors == SslPolicyErrors.None;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.ImportFromPemFile(file);

        // What comes from there has to be a server's, and may come by way of certificates that the broker sent along.
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        chain.ChainPolicy.ExtraStore.AddRange(sent?.ChainElements.Select(element => element.Certificate).ToArray() ?? []);
        using var server = new X509Certificate2(certificate);
        return chain.Build(server);
    }
}
