/**
 * Sound from one codec to another by FFmpeg's libraries: AAC, MP3 and G.711 to Opus, Opus and G.711 to AAC. Transcoders
 * work on threads of their own and keep the times of what they are given.
 */
@NullMarked
package live.sluice.bridge.audio;

import org.jspecify.annotations.NullMarked;
