/**
 * MPEG transport streams (ISO/IEC 13818-1): frames to packets, and packets back to access units. It knows nothing of
 * segments and playlists.
 */
@NullMarked
package live.sluice.container.ts;

import org.jspecify.annotations.NullMarked;
