"""A Celery queue of files, for a machine without Redis: kombu's filesystem transport, made safe for two processes.

kombu opens a message's file before it writes it, so that a worker may pick up an empty file and die of it. Here the file
is written under a name that no reader looks for and then renamed.
"""

import os
import uuid
from pathlib import Path
from time import time_ns
from typing import Any

from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """Messages as files; their folders are made on first use."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for folder in (self.data_folder_in, self.data_folder_out, self.processed_folder, self.control_folder):
            Path(folder).mkdir(parents=True, exist_ok=True)

    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]
        # Readers sort by name: nanoseconds since 1970 keep the order over a restart of the machine as well.
        name = f"{time_ns():020d}_{uuid.uuid4()}"
        written = Path(self.data_folder_out, f"{name}.writing")
        written.write_text(dumps(payload), encoding="utf-8")
        os.replace(written, Path(self.data_folder_out, f"{name}.{queue}.msg"))


class Transport(filesystem.Transport):
    """What CELERY_BROKER_TRANSPORT names."""

    Channel = Channel
