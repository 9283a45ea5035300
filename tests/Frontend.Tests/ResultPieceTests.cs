using System.Text;
using Actors.Frontend.Mcp.Resources;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>Pieces of UTF-8 begin and end with whole characters, wherever they are cut.</summary>
public sealed class ResultPieceTests
{
    [Fact]
    public void Pieces_of_any_length_make_the_whole_and_split_no_character()
    {
        var whole = Encoding.UTF8.GetBytes("aä€😀b😀€äc—日本語のテキスト😀😀😀😀z");
        for (var length = ResultPiece.MinBytes; length <= whole.Length + 1; length++)
        {
            var read = new StringBuilder();
            for (var offset = 0L; offset < whole.Length;)
            {
                var piece = At(whole, (int)offset, length);
                Assert.Equal(offset, piece.Offset);
                Assert.True(piece.End > offset);
                read.Append(Encoding.UTF8.GetString(piece.Utf8.Span));
                offset = piece.End;
            }

            Assert.Equal(Encoding.UTF8.GetString(whole), read.ToString());
        }
    }

    [Fact]
    public void A_piece_that_is_asked_for_inside_a_character_begins_with_the_next()
    {
        var whole = Encoding.UTF8.GetBytes("aä€😀b😀€äc—日本語のテキスト😀😀😀😀z");
        for (var offset = 0; offset < whole.Length; offset++)
        {
            var piece = At(whole, offset, ResultPiece.MinBytes);

            Assert.InRange(piece.Offset, offset, offset + 3);
            Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(piece.Utf8.Span));
        }
    }

    private static ResultPiece At(byte[] whole, int offset, int length)
    {
        var end = Math.Min(offset + length, whole.Length);
        return ResultPiece.Of(whole.AsMemory(offset..end), offset, isEnd: end == whole.Length);
    }
}
