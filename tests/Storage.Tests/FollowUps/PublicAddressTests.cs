using System.Net;
using Actors.Storage.FollowUps;
using Xunit;

namespace Actors.Storage.Tests.FollowUps;

public sealed class PublicAddressTests
{
    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.167.255.255")]
    [InlineData("198.20.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("::ffff:1.1.1.1")]
    [InlineData("64:ff9b::101:101")]
    [InlineData("2002:101:101::1")]
    public void An_address_of_the_public_internet_is_one(string address) => Assert.True(PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    // This machine, and nothing.
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("::")]
    [InlineData("::1")]
    // Private networks.
    [InlineData("10.0.0.1")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("100.64.0.1")]
    [InlineData("fc00::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fec0::1")]
    // Link-local, and the metadata of clouds.
    [InlineData("169.254.169.254")]
    [InlineData("168.63.129.16")]
    [InlineData("100.100.100.200")]
    [InlineData("192.0.0.192")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%1")]
    // Multicast, broadcast, reserved, for documentation and benchmarks.
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.255")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("ff02::1")]
    [InlineData("192.0.2.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.1")]
    [InlineData("2001:db8::1")]
    [InlineData("3fff::1")]
    [InlineData("4000::1")]
    [InlineData("100::1")]
    // IPv4 within IPv6: mapped, compatible, NAT64 (well known and local), 6to4, Teredo, ISATAP on a link.
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::ffff:0:10.0.0.1")]
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("64:ff9b:1::101:101")]
    [InlineData("2002:7f00:1::1")]
    [InlineData("2002:a9fe:a9fe::1")]
    [InlineData("2001:0:4136:e378:8000:63bf:3fff:fdd2")]
    public void Any_other_address_is_none(string address) => Assert.False(PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [InlineData("https://example.com/hook?key=1")]
    [InlineData("https://example.com:8443/")]
    [InlineData("https://1.1.1.1/")]
    [InlineData("https://[2606:4700:4700::1111]/")]
    public void An_https_url_of_the_public_internet_may_be_told(string url) => Assert.Null(WebhookUrl.Fault(url, new WebhookOptions()));

    [Theory]
    [InlineData("example.com/hook")]
    [InlineData("/hook")]
    [InlineData("http://example.com/")]
    [InlineData("ftp://example.com/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://example.com/")]
    [InlineData("https://")]
    [InlineData("https://user:secret@example.com/")]
    [InlineData("https://example.com/#part")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://127.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f000001/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:169.254.169.254]/")]
    public void Any_other_url_may_not_and_is_told_why(string url) => Assert.NotNull(WebhookUrl.Fault(url, new WebhookOptions()));

    [Fact]
    public void A_url_over_the_limit_may_not()
    {
        var url = "https://example.com/" + new string('a', 2048 - "https://example.com/".Length);

        Assert.Null(WebhookUrl.Fault(url, new WebhookOptions()));
        Assert.NotNull(WebhookUrl.Fault(url + "a", new WebhookOptions()));
    }

    [Fact]
    public void An_operator_may_allow_private_addresses_and_http() =>
        Assert.Null(WebhookUrl.Fault("http://127.0.0.1:8080/", new WebhookOptions { AllowHttp = true, AllowPrivateAddresses = true }));
}
