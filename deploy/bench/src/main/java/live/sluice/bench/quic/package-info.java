/** What QUIC libraries carry as datagrams, by themselves: this project's, kwik as it comes, and quiche. */
@NullMarked
package live.sluice.bench.quic;

import org.jspecify.annotations.NullMarked;
