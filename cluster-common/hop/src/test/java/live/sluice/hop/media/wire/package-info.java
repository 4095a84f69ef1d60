@NullMarked
package live.sluice.hop.media.wire;

import org.jspecify.annotations.NullMarked;
