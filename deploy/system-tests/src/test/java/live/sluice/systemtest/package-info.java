/**
 * What the server promises, shown on real processes by real programs: ffmpeg, rtmpdump, NGINX, Chromium. Each class is
 * one concern and starts its own cluster on free ports of the loopback address.
 */
@NullMarked
package live.sluice.systemtest;

import org.jspecify.annotations.NullMarked;
