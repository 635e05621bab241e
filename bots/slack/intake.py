"""What comes in is written down, then answered by a bounded number of threads."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from queue import Empty, Full, Queue
from threading import Event, Lock, Thread
from typing import Literal, Self

from assistant.deliveries import RENEW_EVERY, Delivery
from bots import problems
from bots.slack import wording
from bots.slack.desk import Desk
from bots.slack.errands import place_of
from bots.slack.events import Heard, to_json
from bots.slack.limits import Message
from bots.slack.office import Office, now
from bots.slack.questions import asks
from corpus.errors import CharterError

WORKERS = 16  # they wait for Slack most of the time; two at once answer
LONGEST_QUEUE = 2000  # a minute at 20 questions a second, answered at none, and some more
_REFUSED_AT_ONCE = 200
_REMEMBERED = 1000

Job = Callable[[], None]
Taken = Literal["taken", "before", "not_ours", "trouble"]
_log = logging.getLogger("charter")


class Intake:
    """Takes what is said to Charter. Use it as a context: it replies while that lasts."""

    def __init__(
        self, office: Office, desk: Desk, *, workers: int = WORKERS, longest: int = LONGEST_QUEUE
    ) -> None:
        self._office = office
        self._desk = desk
        self._workers = workers
        self._jobs: Queue[Job] = Queue(longest)
        self._refusals: Queue[Job] = Queue(_REFUSED_AT_ONCE)
        self._stop = Event()
        self._threads: list[Thread] = []
        self._told: deque[str] = deque(maxlen=_REMEMBERED)
        self._told_lock = Lock()

    def __enter__(self) -> Self:
        """Begin to reply, first to what an earlier process left behind."""
        named = [(f"slack-{number}", self._work, (self._jobs,)) for number in range(self._workers)]
        named += [("slack-refusals", self._work, (self._refusals,))]
        self._threads = [Thread(target=run, args=given, name=n) for n, run, given in named]
        self._threads.append(Thread(target=self._hold, name="slack-leases"))
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Finish what is being replied to; what waits is left to the next process."""
        self._stop.set()
        for thread in self._threads:
            thread.join()
        try:
            self._office.ledgers.deliveries.release(now())
        except CharterError as error:
            _log.error("what waits could not be handed on at once: %s", error)

    def hear(self, heard: Heard) -> Taken:
        """Take a message, before it is acknowledged, and say what became of it.

        What cannot be written down is answered with the trouble, so that nobody waits in vain.
        """
        office = self._office
        place = office.name("message", heard.channel, heard.ts)
        try:
            meant = self._meant(heard)
            if meant is None:
                return "not_ours"
            thread = office.name("thread", meant.channel, meant.thread)
            delivery = Delivery(place, thread, to_json(meant))
            if not office.ledgers.deliveries.take(delivery, now()):
                return "before"
        except CharterError as error:
            self._cannot_take(place, heard, wording.trouble(error, problems.told(error)))
            return "trouble"
        except Exception as error:  # noqa: BLE001  the outermost loop of an event: nobody waits in vain
            self._cannot_take(place, heard, wording.failed(problems.unexpected(error)))
            return "trouble"
        self._put(delivery)
        return "taken"

    def stop_thread(self, channel: str, thread: str) -> None:
        """Leave unanswered what waits in a thread, as its asker wants."""
        office = self._office
        office.ledgers.deliveries.stop(office.name("thread", channel, thread))
        office.slack.say_working(channel, thread, "")

    def _meant(self, heard: Heard) -> Heard | None:
        """Tell replies to what was passed on, and messages that ask nothing, from questions."""
        office, ledgers = self._office, self._office.ledgers
        threaded = heard.thread and heard.thread != heard.ts
        from_people = heard.way in {"mention", "thread"} and heard.channel == office.hr_channel
        if (
            from_people
            and threaded
            and ledgers.escalations.at(place_of(heard.channel, heard.thread))
        ):
            return replace(heard, way="staff")
        if heard.way != "thread":
            return heard
        if heard.aside or not asks(heard.text):
            return None
        thread = office.name("thread", heard.channel, heard.thread)
        return heard if ledgers.deliveries.answered_in(thread) else None

    def _put(self, delivery: Delivery) -> None:
        try:
            self._jobs.put_nowait(lambda: self._desk.reply(delivery))
        except Full:
            self._refuse(lambda: self._desk.refuse(delivery))

    def _refuse(self, job: Job) -> None:
        try:
            self._refusals.put_nowait(job)
        except Full:  # its lease will run out, and whoever has time then replies
            _log.warning("there is more to refuse than can be refused")

    def _cannot_take(self, place: str, heard: Heard, message: Message) -> None:
        """Say once that a message could not be written down, however often Slack sends it."""
        if heard.way in {"thread", "staff"}:
            return
        with self._told_lock:
            if place in self._told:
                return
            self._told.append(place)
        self._refuse(lambda: self._desk.tell(heard, message))

    def _work(self, jobs: Queue[Job]) -> None:
        while not self._stop.is_set():
            try:
                job = jobs.get(timeout=0.2)
            except Empty:
                continue
            job()

    def _hold(self) -> None:
        """Renew the leases, and take over what others left behind, as far as there is room."""
        deliveries = self._office.ledgers.deliveries
        while True:
            try:
                deliveries.renew(now())
                if self._jobs.qsize() < self._workers:
                    for left in deliveries.take_over(now()):
                        self._put(left)
            except CharterError as error:
                _log.warning("leases were not renewed: %s", error)
            if self._stop.wait(RENEW_EVERY):
                return
