/** The transport over kwik, and the ways round what kwik lacks. */
@NullMarked
package live.sluice.hop.kwik;

import org.jspecify.annotations.NullMarked;
