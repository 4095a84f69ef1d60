/** Links between two nodes: how they greet, whether they live, and the streams that cross them. */
@NullMarked
package live.sluice.hop.link;

import org.jspecify.annotations.NullMarked;
