/**
 * RTCP: compound packets read into a listener's calls, and written. What is known here is what browsers and encoders
 * send: SR, RR, SDES, BYE, NACK, transport-cc, PLI, FIR and REMB.
 */
@NullMarked
package live.sluice.rtp.rtcp;

import org.jspecify.annotations.NullMarked;
