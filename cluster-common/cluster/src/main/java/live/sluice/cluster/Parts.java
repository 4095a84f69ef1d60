package live.sluice.cluster;

import java.time.InstantSource;
import live.sluice.media.NodeInfo;

/**
 * What all that a node does about its directory works with. There is one of each for a directory.
 *
 * @param self this node
 * @param clock the wall clock; what is measured is measured on the loop's
 * @param loop the thread that owns the state
 * @param fanout where listeners are told
 * @param probe how another node is asked whether it lives
 * @param leases which nodes live
 * @param view our own copy of the directory
 * @param routes the ways to streams of other regions
 * @param link the way to the directory
 */
record Parts(
    NodeInfo self,
    InstantSource clock,
    Loop loop,
    Fanout fanout,
    NodeProbe probe,
    Leases leases,
    View view,
    RouteTable routes,
    HazelcastLink link) {}
