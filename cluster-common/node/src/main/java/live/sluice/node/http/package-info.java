/**
 * HTTP media: FLV, FLV over WebSocket, HLS and the pages, all on one port and on Netty pipelines of our own, since what
 * carries media must not pay for a general HTTP framework.
 */
@NullMarked
package live.sluice.node.http;

import org.jspecify.annotations.NullMarked;
