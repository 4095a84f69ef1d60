/**
 * What publishers send: a synthetic stream or a file, as bytes that all publishers share. Each picture carries its
 * publisher's clock in a message that passes through any server.
 */
@NullMarked
package live.sluice.bench.clip;

import org.jspecify.annotations.NullMarked;
