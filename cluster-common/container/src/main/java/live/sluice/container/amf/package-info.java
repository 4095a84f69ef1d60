/**
 * AMF0, the notation of RTMP commands and FLV script data. Reading is bounded in depth, in length of strings and in
 * number of values, so that hostile input costs no more memory than its own size.
 */
@NullMarked
package live.sluice.container.amf;

import org.jspecify.annotations.NullMarked;
