/**
 * The receiving side of a link: what arrived is handed on at once and only once, what is missing is asked for, and how it
 * went is reported. Begin with {@link live.sluice.hop.media.receive.MediaReceiver}. All of it is confined to the link's
 * loop.
 */
@NullMarked
package live.sluice.hop.media.receive;

import org.jspecify.annotations.NullMarked;
