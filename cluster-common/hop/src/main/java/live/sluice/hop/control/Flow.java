package live.sluice.hop.control;

/**
 * A flow of packets on a link.
 *
 * @param id what its datagrams begin with
 * @param track index of the track
 * @param layer of the track
 */
public record Flow(int id, int track, int layer) {}
