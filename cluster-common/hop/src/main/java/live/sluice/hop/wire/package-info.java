/** What nodes say to each other, as bytes. */
@NullMarked
package live.sluice.hop.wire;

import org.jspecify.annotations.NullMarked;
