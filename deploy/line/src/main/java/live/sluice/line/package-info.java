/**
 * A process that joins network devices as long cables would: what comes in at one goes out at another after a delay, or
 * is lost. It knows IPv4 packets and nothing of what is in them. Nothing here depends on the rest of Sluice.
 *
 * <p>One thread moves the packets and waits in the kernel otherwise; a second one answers who asks and sets.
 */
@NullMarked
package live.sluice.line;

import org.jspecify.annotations.NullMarked;
