/**
 * FFmpeg's libraries as the bridge uses them: loaded once in a process, told apart from ours when they fail, and worked
 * with by one thread at a time for each stream. What is coded with them is told in the packages of sound and pictures.
 */
@NullMarked
package live.sluice.bridge.ffmpeg;

import org.jspecify.annotations.NullMarked;
