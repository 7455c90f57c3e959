"""`python -m tests.faults.nursery`: a port number on stdin forks the app there; its process id is printed.

Everything is imported once, so that a server that was killed is back in a tenth of a second. What runs and dies is
the app under uvicorn with the options of `klantsafari serve`, in a process of its own.
"""

import os
import signal
import sys

import uvicorn
from fastapi.routing import iter_route_contexts

from app import sealing
from app.main import create_app
from app.models.tag.reading import shipped


def main() -> None:
    app = create_app()
    list(iter_route_contexts(app.routes))
    sealing.ready()
    shipped()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    print("ready", flush=True)
    for line in sys.stdin:
        born = os.fork()
        if born:
            print(born, flush=True)
            continue
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        uvicorn.run(app, port=int(line), access_log=False, log_level="critical", server_header=False)
        os._exit(0)


if __name__ == "__main__":
    main()
