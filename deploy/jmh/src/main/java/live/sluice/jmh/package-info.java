/**
 * Benchmarks of the loops that every frame goes through. Each operation is one frame or one message, whatever its way;
 * with JMH's gc profiler it also says how many bytes of the heap that takes.
 */
@NullMarked
package live.sluice.jmh;

import org.jspecify.annotations.NullMarked;
