using Exchange.Contracts.V1;
using Exchange.Core.Kernel;

namespace Exchange.Edge.Tests.TestKit;

/// <summary>How bad a bus is, in chances out of a hundred.</summary>
internal sealed record Weather(int Drop, int Duplicate, int Split)
{
    public static readonly Weather Calm = new(0, 0, 0);
    public static readonly Weather Rough = new(15, 25, 40);
    public static readonly Weather Storm = new(60, 40, 40);
}

/// <summary>Carries what is rung late, twice, in another order, or not at all, as chance has it.</summary>
internal sealed class LossyBus(World world, Random chance, Weather weather)
{
    private readonly List<IReadOnlyList<Envelope>> _underWay = [];

    /// <summary>Every message that was ever sent.</summary>
    public List<IReadOnlyList<Envelope>> Sent { get; } = [];

    /// <summary>Takes what was rung, as the publisher does: in one message or several.</summary>
    public void Collect()
    {
        var rung = world.Rings().ToList();
        while (rung.Count > 0)
        {
            var count = Hits(weather.Split) ? chance.Next(1, rung.Count + 1) : rung.Count;
            var message = rung[..count];
            rung.RemoveRange(0, count);
            Sent.Add(message);
            var copies = Hits(weather.Drop) ? 0 : Hits(weather.Duplicate) ? chance.Next(2, 4) : 1;
            for (var i = 0; i < copies; i++)
            {
                _underWay.Add(message);
            }
        }
    }

    /// <summary>Delivers one message, whichever.</summary>
    public async Task Deliver()
    {
        Collect();
        if (_underWay.Count > 0)
        {
            var which = chance.Next(_underWay.Count);
            var message = _underWay[which];
            _underWay.RemoveAt(which);
            await world.Relay.Bring([.. message.Select(e => new HandoffId(e.Handoff))], CancellationToken.None);
        }
    }

    public async Task DeliverAll()
    {
        for (Collect(); _underWay.Count > 0; Collect())
        {
            await Deliver();
        }
    }

    /// <summary>The broker is wiped.</summary>
    public void Lose()
    {
        world.Rings();
        _underWay.Clear();
    }

    private bool Hits(int percent) => chance.Next(100) < percent;
}
