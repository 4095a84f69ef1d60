/**
 * What stands between WHIP and WHEP over HTTP and the sessions that they open: requests, answers, and the rules that are
 * the same whatever serves HTTP. Neither side knows more of the other than this.
 */
@NullMarked
package live.sluice.rtc.whip;

import org.jspecify.annotations.NullMarked;
