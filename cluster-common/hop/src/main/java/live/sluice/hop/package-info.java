/** Links between nodes over QUIC: packets of streams as datagrams, all else as reliable streams. */
@org.jspecify.annotations.NullMarked
package live.sluice.hop;
