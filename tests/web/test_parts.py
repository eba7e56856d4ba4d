"""Several web processes beside one keeper, which goes on where it was when it is started again."""

from __future__ import annotations

from tests.web.hosting import (
    Host,
    found_site,
    open_reader,
    open_town,
    point_to,
    wait_until,
)
from tests.web.processes import OwnSite
from tests.web.test_kills import check_screen, list_shown, start_capture


def test_two_web_processes_tell_the_same_of_a_capture_that_goes_on_after_a_restart(
    own_site: OwnSite,
) -> None:
    with open_town() as town:
        point_to(own_site, town)
        with (
            own_site.serve("--port", "0", "--only", "web") as one,
            own_site.serve("--only", "web", "--port", "0") as other,
        ):
            with own_site.serve("--only", "keeper") as keeper:
                host = found_site(one, keeper)
                chat = f"/inkchat/{start_capture(host, own_site)}/"
                archive = f"{chat}archive/"
                town.write("Q1: What would you do with one empty room?", author="host")
                reader = Host(other)
                wait_until(lambda: len(list_shown(reader, archive)) == 1, "nothing came")
                with open_reader(one, chat) as here, open_reader(other, chat) as there:
                    town.write("A1: fill it with chairs")
                    wait_until(lambda: len(here.list_told("post")) == 2, "not told here")
                    wait_until(lambda: len(there.list_told("post")) == 2, "not told there")
                    count = min(len(here.heard), len(there.heard))
                    assert here.heard[:count] == there.heard[:count]
            town.write("A1: said while nobody kept it")
            with own_site.serve("--only", "keeper", "--port", "1"):
                wait_until(lambda: len(list_shown(reader, archive)) == 3, "it did not go on")
                check_screen(host, archive, 3)
                page = f"/desk{chat}capture"
                assert "End the capture" in host.read(page)
                host.fill_in(page, f"{page}/stop")
                wait_until(lambda: "The capture has ended." in host.read(page), "it never ended")
