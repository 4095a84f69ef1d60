package live.sluice.bench.compare;

import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * One server under the load, once.
 *
 * @param round from 1
 * @param entrant whose turn it was
 * @param figures what came of it
 * @param raw all that was measured, for the file of results
 */
record Turn(int round, String entrant, Map<Metric, Double> figures, ObjectNode raw) {}
