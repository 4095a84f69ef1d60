@NullMarked
package live.sluice.hop.media.send;

import org.jspecify.annotations.NullMarked;
