"""forked_script.py SCRIPT: as forked_main.cpp, for a script in Python: it is read, and what it imports, once."""

import os
import pathlib
import signal
import sys
import traceback

SECONDS_EACH = 120
SCRIPT = sys.argv[1]
code = compile(pathlib.Path(SCRIPT).read_bytes(), SCRIPT, "exec")
exec(code, {"__name__": "imported", "__file__": SCRIPT})


def run(arguments):
    """As the script that is started; its exit status."""
    sys.argv = [SCRIPT, *arguments]
    try:
        exec(code, {"__name__": "__main__", "__file__": SCRIPT})
    except SystemExit as end:
        return end.code or 0
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


for line in sys.stdin:
    output, errors, *arguments = line.rstrip("\n").split("\t")
    child = os.fork()
    if child == 0:
        os.dup2(os.open("/dev/null", os.O_RDONLY), 0)
        for descriptor, file in ((1, output), (2, errors)):
            os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), descriptor)
        signal.alarm(SECONDS_EACH)
        status = run(arguments)
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)  # taking the interpreter down would take longer than all of the run
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
