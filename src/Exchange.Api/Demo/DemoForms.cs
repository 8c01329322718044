using Exchange.Core.Desk;
using Exchange.Core.Kernel;

namespace Exchange.Api.Demo;

/// <summary>The forms by which customers of the demo's companies open tickets.</summary>
internal static class DemoForms
{
    public static async Task Open(Stage stage)
    {
        foreach (var (by, greeting) in ((Person, string)[])[(Cast.Lena, "Tell us what stands still. We answer within the hour on working days."), (Cast.Tom, "What can we repair for you?"), (Cast.Eleni, "How can we help?")])
        {
            await stage.Do<ChangeCustomerForm, AccountId>(new ChangeCustomerForm(true, greeting, "shown", "required", "shown", "shown", "shown", Files: true), by);
        }
    }
}
