/**
 * FLV: tags and their bodies, which are the messages of RTMP too, with legacy and enhanced headers, read into frames
 * and written from them. Sources are the Adobe Flash Video File Format Specification 10.1 (annex E) and Enhanced RTMP
 * v2.
 */
@NullMarked
package live.sluice.container.flv;

import org.jspecify.annotations.NullMarked;
