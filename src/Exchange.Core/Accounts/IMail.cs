namespace Exchange.Core.Accounts;

/// <summary>A mail. It holds no ticket, comment or file: at most a link behind which somebody has to sign in, or a code of his own.</summary>
/// <param name="To">One e-mail address.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">Plain.</param>
public sealed record Letter(string To, string Subject, string Text);

/// <summary>Takes mails to people. They go out soon and without being waited for; one that cannot go is tried again, then logged.</summary>
public interface IMail
{
    /// <summary>Whether mails go out. Where they do not, each text is printed into the log, for the operator to hand on.</summary>
    bool GoesOut { get; }

    /// <summary>
    /// The letter is written when its turn comes, so that who asked for it cannot tell by the time it takes whether there was anything to send.
    /// </summary>
    /// <param name="write">Null sends nothing.</param>
    void Send(Func<CancellationToken, Task<Letter?>> write);

    /// <summary>An address of the pages as a mail may name it. Never made of what a request says of itself: that is the sender's choice.</summary>
    /// <param name="path">Such as <c>/join/CODE</c>.</param>
    string Link(string path);
}
