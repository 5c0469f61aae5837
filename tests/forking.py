"""Processes forked from one that has imported and read everything: each start would cost seconds else."""

import multiprocessing

processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["tests.crashes.program", "tests.crashes.whole", "bot.__main__"])
