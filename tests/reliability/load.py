"""Load: people who say one idea after the other, and send each again until it is acknowledged."""

from __future__ import annotations

import contextlib
import threading
import time
from typing import TYPE_CHECKING

from .browser import Browser, NoAnswer, NotThere

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from .ledger import Ledger

#: Between two tries of the same thing.
REST_SECONDS = 0.05
#: What may be answered while something is broken: try again, please.
NOT_NOW = frozenset({503, 507})


class Writer(threading.Thread):
    """One person. Sends each idea with one key, again and again, until a yes has been read to its end."""

    def __init__(self, url: Callable[[], str], name: str, ledger: Ledger) -> None:
        super().__init__(name=name, daemon=True)
        self.ledger = ledger
        #: answers that neither said yes nor "not now": there should be none
        self.wrong: list[str] = []
        #: how often it was told "not now"
        self.put_off = 0
        self._url = url
        self._browser = Browser(url())
        self._browser.sign_in(name)
        self._ending = threading.Event()

    def end(self) -> None:
        """Say no more. What was begun is brought to its end, if somebody answers."""
        self._ending.set()

    def run(self) -> None:
        """Until told to end."""
        while not self._ending.is_set():
            self._say(self.ledger.mark())
        self._browser.hang_up()

    def _say(self, mark: str) -> None:
        began = time.monotonic()
        patience = began + 60
        while time.monotonic() < patience:
            self._browser.url = self._url()
            try:
                answer = self._browser.say(mark)
            except NoAnswer:
                self.ledger.no_answer()
            except NotThere:
                pass
            else:
                if answer.status == 303:
                    self.ledger.acknowledge(mark, time.monotonic() - began)
                    return
                if answer.status not in NOT_NOW:
                    self.wrong.append(f"{answer.status}: {answer.body[:2000]}")
                    return
                self.put_off += 1
            time.sleep(REST_SECONDS)
        self.wrong.append(f"{mark} was not acknowledged in a minute")


@contextlib.contextmanager
def writing(url: Callable[[], str], names: Sequence[str], ledger: Ledger) -> Iterator[list[Writer]]:
    """These people write while the block lasts, `url()` being where the server is now.

    The server must answer when the block is left: whatever is under way is then sent until it is acknowledged.
    """
    writers = [Writer(url, name, ledger) for name in names]
    for writer in writers:
        writer.start()
    try:
        yield writers
    finally:
        for writer in writers:
            writer.end()
        for writer in writers:
            writer.join(90)
    assert not [writer for writer in writers if writer.is_alive()], "a writer waits in vain"
    wrong = [answer for writer in writers for answer in writer.wrong]
    assert not wrong, "\n\n".join(wrong)
