"""What this program asks of the host."""

from __future__ import annotations

import asyncio
from typing import Any

from .errors import HostError
from .frames import FrameWriter


class Host:
    """Sends requests to the host and hands each answer to whoever waits for it."""

    def __init__(self, writer: FrameWriter) -> None:
        self._writer = writer
        self._asked: dict[int | str, asyncio.Future[Any]] = {}
        self._last_request = 0

    async def ask(self, method: str, params: dict[str, Any]) -> Any:
        """Raises `HostError` when the host answers with an error. An answer that nobody waits for any more is dropped."""
        self._last_request += 1
        frame_id = f"s{self._last_request}"
        answer = self._asked[frame_id] = asyncio.get_running_loop().create_future()
        try:
            self._writer.write({"id": frame_id, "method": method, "params": params})
            return await answer
        finally:
            self._asked.pop(frame_id, None)

    def answered(self, frame_id: int | str, frame: dict[str, Any]) -> None:
        waiting = self._asked.get(frame_id)
        if waiting is None or waiting.done():
            return
        if "result" in frame:
            waiting.set_result(frame["result"])
            return
        error = frame["error"] if isinstance(frame["error"], dict) else {}
        data = error["data"] if isinstance(error.get("data"), dict) else {}
        waiting.set_exception(HostError(data.get("message") or error.get("message") or "no reason given", data.get("code")))
