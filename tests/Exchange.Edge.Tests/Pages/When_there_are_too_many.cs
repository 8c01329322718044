using System.Net;
using Exchange.Core.Kernel;
using Exchange.Edge.Tests.Routes;
using Exchange.Web.Shell;
using Microsoft.AspNetCore.Http;
using NUnit.Framework;

namespace Exchange.Edge.Tests.Pages;

/// <summary>The limits that stand beside the one of a single e-mail, link or address.</summary>
public sealed class When_there_are_too_many
{
    [Test]
    public void A_company_takes_so_many_forms_an_hour_from_wherever_they_come()
    {
        using var limits = new CustomerLimits();
        var (one, other) = (new AccountId(Guid.NewGuid()), new AccountId(Guid.NewGuid()));
        for (var i = 0; i < CustomerLimits.FormsOfCompany; i++)
        {
            Assert.That(limits.RefuseForm(From($"10.{i / 250}.{i % 250}.1"), one), Is.False);
        }

        var refused = From("10.9.9.9");
        Assert.That(limits.RefuseForm(refused, one), Is.True);
        Assert.That(refused.Response.Headers.RetryAfter.ToString(), Is.Not.Empty);
        Assert.That(limits.RefuseForm(From("10.9.9.9"), other), Is.False, "another company has a count of its own");
    }

    [Test]
    public void A_whole_network_is_one_sender()
    {
        using var limits = new CustomerLimits();
        var company = new AccountId(Guid.NewGuid());
        for (var i = 0; i < CustomerLimits.FormsOfAddress; i++)
        {
            Assert.That(limits.RefuseForm(From($"2001:db8:1:2::{i:x}"), company), Is.False);
        }

        Assert.That(limits.RefuseForm(From("2001:db8:1:2:ffff::1"), company), Is.True);
        Assert.That(limits.RefuseForm(From("2001:db8:1:3::1"), company), Is.False);
    }

    [Test]
    public async Task An_address_tries_so_often_whatever_the_e_mail()
    {
        using var host = new ExchangeHost();
        using var browser = new Browser(host);
        await browser.Go("/sign-in");
        var token = browser.Token();
        for (var attempt = 0; attempt < 200; attempt++)
        {
            Assert.That((await Try(attempt)).Status, Is.EqualTo(401));
        }

        // What is allowed anew each minute may have come in between.
        var late = 0;
        for (var attempt = 200; attempt < 320; attempt++)
        {
            late += (await Try(attempt)).Status == 429 ? 1 : 0;
        }

        Assert.That(late, Is.GreaterThan(0));

        Task<Seen> Try(int attempt) => browser.Raw(HttpMethod.Post, "/sign-in", token, ("email", $"guess{attempt}@people.example"), ("password", "wrong"));
    }

    private static DefaultHttpContext From(string address) => new() { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };
}
