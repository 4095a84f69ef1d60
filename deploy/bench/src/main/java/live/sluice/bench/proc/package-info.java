/**
 * What a process costs, from outside of it: CPU time by process and thread, and memory, as Linux tells them in
 * {@code /proc}. Two samples and their difference are all there is.
 */
@NullMarked
package live.sluice.bench.proc;

import org.jspecify.annotations.NullMarked;
