/**
 * The servers that a comparison runs: each started on free loopback ports with a configuration of its own, and ended with
 * all that it started. Any server that already runs can take part by its address and process id.
 */
@NullMarked
package live.sluice.bench.compare.server;

import org.jspecify.annotations.NullMarked;
