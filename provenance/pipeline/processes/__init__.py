"""Work spread over processes that are watched and can be killed, so that one bad article costs one article.

Others use the pool of :mod:`provenance.pipeline.processes.workers`; ``limits`` says what an item may take. Behind them,
``working`` is what a worker does, ``beat`` how it tells at which item it is, ``watching`` how its parent sees that, and
``streaming`` how a long file of records is read in one.
"""
