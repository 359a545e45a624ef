"""Answers, statuses and summaries for a person at a terminal, as the command line prints them.

The bot has its own renderer; this one shows offsets and ids too, which the other commands take.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from index.answers import Answer, NoAnswer, Quote, Reason
from index.datatypes import Article, BuildSummary, IndexStatus, Statement
from index.texts.addresses import hide_secrets

REASONS = {
    Reason.EMPTY_INDEX: "The index holds no articles.",
    Reason.NOT_A_QUESTION: "That holds no words to search for.",
    Reason.NOTHING_MEANT: "That does not say what it is about: name a person, a place or an event.",
    Reason.NOTHING_ON_THIS: "Nothing in the reports answers this.",
    Reason.NOTHING_IN_DATES: "Nothing in the reports of those dates answers this.",
    Reason.OUTLET_HAS_NOTHING: "That outlet has nothing on this in the index.",
    Reason.NOT_STATED: "There are related reports, but none states it.",
}


def print_answer(answer: Answer | NoAnswer, console: Console) -> None:
    """Print quotes with who said them and where they stand, or the reason why there are none."""
    if isinstance(answer, NoAnswer):
        console.print(Text(REASONS[answer.reason], style="bold"))
        if answer.alternatives:
            console.print(Text(f"Reported on by: {', '.join(answer.alternatives)}"))
        if answer.reason is Reason.NOTHING_IN_DATES:
            published = [quote.citation.published for quote in answer.nearest]
            days = sorted({str(moment.day) for moment in published if moment})
            if days:
                console.print(Text(f"The nearest reports are of {' and '.join(days)}."))
        return
    question = answer.question
    if question.text.casefold().rstrip("?!. ") not in question.asked.casefold():
        console.print(Text(f"Taken to mean: {question.text}", style="italic"))
    if not answer.sure:
        console.print(Text("The nearest reports; it is not sure that they answer this.", style="yellow"))
    if answer.disputed:
        console.print(Text("Disputed: the reports contradict each other.", style="bold yellow"))
    for quote in answer.quotes:
        _print_quote(quote, console)
    reports = "1 report" if answer.reports == 1 else f"{answer.reports} independent reports"
    console.print(Text(f"{reports}, confidence {answer.confidence:.2f}", style="dim"))


def _print_quote(quote: Quote, console: Console) -> None:
    who = quote.speaker or "The report itself"
    if quote.role:
        who = f"{quote.role} {who}" if quote.is_titled else f"{who}, {quote.role}"
    if quote.chain:
        first, *others = quote.chain
        who += ", ".join(
            ["", f"{'to' if quote.told else 'via'} {first}", *(f"via {link}" for link in others)]
        )
    if quote.label:
        who += f" ({quote.label.value})"
    console.print(Text(who, style="bold"))
    words = Text(quote.text)
    for start, end in quote.highlights:
        words.stylize("bold", start, end)
    console.print(Padding(words, (0, 0, 0, 2)))
    citation = quote.citation
    where = [
        citation.outlet or "outlet not stated",
        str(citation.published) if citation.published else "date unknown",
        f"“{citation.title}”",
        f"{citation.article}[{quote.start}:{quote.end}]",
    ]
    if citation.carriers:
        where.insert(1, f"also carried by {', '.join(citation.carriers)}")
    if citation.url:
        where.append(citation.url)
    console.print(Padding(Text(" · ".join(where), style="dim"), (0, 0, 1, 2)))


def print_status(status: IndexStatus, console: Console) -> None:
    """Print what the live generation holds, a fact a line."""
    rows = {
        "Articles": status.articles,
        "Passages": status.passages,
        "Statements": status.statements,
        "Oldest": status.oldest or "no dated article",
        "Newest": status.newest or "no dated article",
        "Generation": status.generation,
        "Built": status.built.isoformat(timespec="seconds"),
        "Model": status.model,
    }
    for name, value in rows.items():
        console.print(Text.assemble((f"{name:<11}", "dim"), str(value)))
    for source in status.added:
        console.print(Text.assemble((f"{'Added':<11}", "dim"), source), soft_wrap=True)


def print_summary(summary: BuildSummary, console: Console) -> None:
    """Print what a build changed, and every source that failed with its reason."""
    console.print(
        Text(
            f"Generation {summary.generation}: {summary.added} added, {summary.changed} changed, "
            f"{summary.removed} removed, {summary.unchanged} unchanged; {_count_passages(summary.passages)}, "
            f"{summary.embedded} embedded, in {summary.seconds:.1f} s."
        ),
        soft_wrap=True,
    )
    for failure in summary.failures:
        line = hide_secrets(f"Not read: {failure.source}: {failure.reason}")
        console.print(Text(line, style="yellow"), soft_wrap=True)


def _count_passages(number: int) -> str:
    return "1 passage" if number == 1 else f"{number} passages"


def print_statements(article: Article, statements: Sequence[Statement], console: Console) -> None:
    """Print who said what in an article, in the order of its text; nested speech is set in."""
    text = article.text
    console.print(Text(article.title, style="bold"))
    for statement in statements:
        depth = 0
        above = statement.parent
        while above is not None and depth < len(statements):
            depth, above = depth + 1, statements[above].parent
        mention = text[slice(*statement.speaker)] if statement.speaker else "nobody named"
        who = statement.name or mention
        details = [
            statement.label.value,
            f"role: {statement.role}" if statement.role else "",
            f"as written: {mention}" if mention != who else "",
            f"via {', '.join(statement.chain)}" if statement.chain else "",
            f"cue: {text[slice(*statement.cue)]}" if statement.cue else "no cue",
            f"confidence {statement.confidence:.2f}",
        ]
        console.print(Padding(Text(who, style="bold"), (0, 0, 0, 2 * depth)))
        words = " … ".join(text[start:end] for start, end in statement.content)
        console.print(Padding(Text(words), (0, 0, 0, 2 * depth + 2)))
        shown = " · ".join(detail for detail in details if detail)
        console.print(Padding(Text(shown, style="dim"), (0, 0, 1, 2 * depth + 2)))
