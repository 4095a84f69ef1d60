/**
 * What log lines look like: text for people, JSON for machines, one line per event. Facts such as the session and the
 * stream are key-value pairs of the event, never part of the message.
 */
@NullMarked
package live.sluice.node.log;

import org.jspecify.annotations.NullMarked;
