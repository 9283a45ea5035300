using Actors.Grains.Jobs;
using Actors.Jobs;

namespace Actors.Grains.Tests;

public sealed class QuestionBookTests
{
    private static readonly byte[] Answer = """{"action":"accept"}"""u8.ToArray();

    [Fact]
    public void A_question_without_a_name_is_numbered_in_order()
    {
        var book = new QuestionBook([]);
        Assert.Equal("input-1", book.Ask(Question("a")).Request.Key);
        Assert.Equal("input-2", book.Ask(Question("b")).Request.Key);
        Assert.Equal(["input-1", "input-2"], book.Open.Select(q => q.Key));
    }

    [Fact]
    public void The_same_question_in_another_execution_meets_its_answer()
    {
        var first = new QuestionBook([]);
        first.Ask(Question("a"));
        var again = new QuestionBook([first.Exchanges[0] with { Answer = Answer }]);
        Assert.Equal(Answer, again.Ask(Question("a")).Answer);
        Assert.Empty(again.Open);
    }

    [Fact]
    public void A_question_asked_twice_is_two_questions_in_each_execution()
    {
        var first = new QuestionBook([]);
        Assert.NotEqual(first.Ask(Question("a")).Request.Key, first.Ask(Question("a")).Request.Key);
        var again = new QuestionBook(first.Exchanges);
        Assert.Equal("input-1", again.Ask(Question("a")).Request.Key);
        Assert.Equal("input-2", again.Ask(Question("a")).Request.Key);
        Assert.Equal(2, again.Exchanges.Length);
    }

    [Fact]
    public void A_question_that_differs_in_one_byte_is_a_new_one()
    {
        var first = new QuestionBook([]);
        first.Ask(Question("a"));
        var again = new QuestionBook([first.Exchanges[0] with { Answer = Answer }]);
        Assert.True(again.Ask(Question("A")).IsPending);
        Assert.Equal("input-2", again.Open.Single().Key);
    }

    [Fact]
    public void A_name_that_is_used_again_gets_a_number()
    {
        var book = new QuestionBook([]);
        Assert.Equal("name", book.Ask(Question("a", "name")).Request.Key);
        Assert.Equal("name-2", book.Ask(Question("b", "name")).Request.Key);
        Assert.Equal("name-3", book.Ask(Question("c", "name")).Request.Key);
    }

    [Fact]
    public void A_name_that_looks_like_a_number_of_ours_is_not_used_twice()
    {
        var book = new QuestionBook([]);
        book.Ask(Question("a", "input-2"));
        Assert.Equal("input-3", book.Ask(Question("b")).Request.Key);
    }

    [Fact]
    public void An_open_question_of_an_earlier_execution_is_not_waited_for_until_it_is_asked_again()
    {
        var first = new QuestionBook([]);
        first.Ask(Question("a"));
        var again = new QuestionBook(first.Exchanges);
        Assert.Empty(again.Open);
        again.Ask(Question("a"));
        Assert.Single(again.Open);
    }

    [Fact]
    public void A_question_that_is_withdrawn_meets_the_same_exchange_when_it_is_asked_again()
    {
        var first = new QuestionBook([]);
        first.Ask(Question("a"));
        var again = new QuestionBook(first.Exchanges);
        var asked = again.Ask(Question("a")).Request.Key;
        again.Withdraw(asked, first.Exchanges);
        Assert.Empty(again.Open);
        Assert.Equal(asked, again.Ask(Question("a")).Request.Key);
        Assert.Single(again.Exchanges);
    }

    [Fact]
    public void A_question_that_was_stored_before_it_was_withdrawn_keeps_its_key_to_itself()
    {
        var book = new QuestionBook([]);
        var asked = book.Ask(Question("a")).Request.Key;
        var stored = book.Exchanges;
        book.Withdraw(asked, stored);
        Assert.NotEqual(asked, book.Ask(Question("b")).Request.Key);
        Assert.Equal(asked, book.Ask(Question("a")).Request.Key);
    }

    [Theory]
    [InlineData("elicitation/create", """{"action":"accept","content":{"name":"Ann"}}""", true)]
    [InlineData("elicitation/create", """{"action":"decline"}""", true)]
    [InlineData("elicitation/create", """{"action":"maybe"}""", false)]
    [InlineData("elicitation/create", """{"content":{}}""", false)]
    [InlineData("elicitation/create", "12345", false)]
    [InlineData("elicitation/create", "null", false)]
    [InlineData("elicitation/create", "{", false)]
    [InlineData("elicitation/create", """{"action":"accept","content":3}""", false)]
    [InlineData("sampling/createMessage", """{"role":"assistant","content":{"type":"text","text":"x"},"model":"m"}""", true)]
    [InlineData("sampling/createMessage", """{"role":"assistant"}""", false)]
    [InlineData("roots/list", """{"roots":[]}""", true)]
    [InlineData("roots/list", """{"roots":{}}""", false)]
    public void An_answer_must_have_the_form_of_its_question(string method, string answer, bool fits) =>
        Assert.Equal(fits, AnswerCheck.Fault(new InputRequest("k", method, null), System.Text.Encoding.UTF8.GetBytes(answer)) is null);

    private static InputQuestion Question(string text, string? name = null) =>
        new(name, "elicitation/create", System.Text.Encoding.UTF8.GetBytes($$"""{"message":"{{text}}"}"""));
}
