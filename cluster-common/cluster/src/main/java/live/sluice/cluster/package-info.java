/**
 * The stream directory over Hazelcast: who owns which stream, which nodes live, and who is to take a publish. Origins
 * embed a data member, edges are clients; look-ups answer from a local view that outlives the directory.
 */
@NullMarked
package live.sluice.cluster;

import org.jspecify.annotations.NullMarked;
