package live.sluice.hop.control;

import live.sluice.media.NodeInfo;

/**
 * A node of a region, and what it has to do.
 *
 * @param streams that are on it
 * @param players that it serves
 */
public record NodeLoad(NodeInfo node, int streams, int players) {}
