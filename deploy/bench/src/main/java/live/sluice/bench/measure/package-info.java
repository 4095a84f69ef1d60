/**
 * What is measured, of one client and in sum, and the record that is made of a run. Meters belong to one event loop;
 * what they hand over is a copy.
 */
@NullMarked
package live.sluice.bench.measure;

import org.jspecify.annotations.NullMarked;
