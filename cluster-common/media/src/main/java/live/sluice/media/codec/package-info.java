/**
 * Readers of codec headers: configuration records, parameter sets, frame headers, and the walk over NAL units. They are
 * pure and bounded; a broken structure ends in a {@link live.sluice.media.SluiceException} with PROTOCOL_ERROR.
 */
@NullMarked
package live.sluice.media.codec;

import org.jspecify.annotations.NullMarked;
