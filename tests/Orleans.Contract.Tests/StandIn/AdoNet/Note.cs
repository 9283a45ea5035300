namespace Orleans.Contract.Tests.StandIn.AdoNet;

public class Note
{
    public string? Text { get; set; }

    public List<string> Lines { get; set; } = [];

    public byte[]? Data { get; set; }

    public Note? Inner { get; set; }

    public Note? Same { get; set; }

    public IReadOnlyList<Note> Others { get; set; } = [];
}
