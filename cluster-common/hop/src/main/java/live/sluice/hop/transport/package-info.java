/** What a link between two nodes is made of, whatever carries it. */
@NullMarked
package live.sluice.hop.transport;

import org.jspecify.annotations.NullMarked;
