package live.sluice.cluster;

import live.sluice.media.NodeInfo;

/**
 * A live node and what it carries.
 *
 * @param info the node
 * @param streams how many streams it had at its last renewal
 * @param players how many players it served at its last renewal
 */
public record NodeStatus(NodeInfo info, int streams, int players) {}
