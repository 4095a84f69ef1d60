/**
 * What a user sees of a run: lines while it goes on, a summary, JSON, and a page with charts. Nothing here measures.
 */
@NullMarked
package live.sluice.bench.report;

import org.jspecify.annotations.NullMarked;
