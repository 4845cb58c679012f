"""The runner of one process: this one."""

from collections.abc import Generator, Iterable

from ondit.runners.contract import Argument, Done, Item, Order, Result


class Here:
    """Does the work item by item."""

    def run(
        self, order: Order[Item, Argument, Result], items: Iterable[Item]
    ) -> Generator[Done[Item, Argument, Result], None, None]:
        """Each item with its argument and result."""
        for item in items:
            argument = order.ask(item)
            yield Done(item, argument, None if argument is None else order.work(argument))
