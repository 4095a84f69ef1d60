/** A link of media in virtual time, and what it must bear. */
@NullMarked
package live.sluice.hop.media;

import org.jspecify.annotations.NullMarked;
