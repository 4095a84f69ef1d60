/**
 * The sending side of a link: what goes first, what is left out, what is sent again, and how much the path carries. Begin
 * with {@link live.sluice.hop.media.send.MediaSender}. All of it is confined to the link's loop.
 */
@NullMarked
package live.sluice.hop.media.send;

import org.jspecify.annotations.NullMarked;
