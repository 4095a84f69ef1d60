@NullMarked
package live.sluice.hop.media.receive;

import org.jspecify.annotations.NullMarked;
