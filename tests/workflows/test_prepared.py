"""What one run has worked out goes when the run lets it go."""

from __future__ import annotations

import gc
import weakref

from chinwag.workflows.prepared import Prepared


def test_readings_go_with_the_run_without_a_search_for_circles() -> None:
    gc.disable()
    try:
        prepared = Prepared()
        readings = weakref.ref(prepared.readings)
        assert readings() is prepared.readings
        del prepared
        assert readings() is None
    finally:
        gc.enable()
