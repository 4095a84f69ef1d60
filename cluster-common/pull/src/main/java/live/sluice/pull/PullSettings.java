package live.sluice.pull;

import java.time.Duration;
import java.util.List;

/**
 * How streams are pulled.
 *
 * @param connectTimeout how long connecting, and then the answer, may each take
 * @param idleTimeout how long an upstream may send nothing
 * @param backOffMin pause before the first retry
 * @param backOffMax longest pause between retries
 * @param sources foreign servers, the first match wins
 */
public record PullSettings(
    Duration connectTimeout,
    Duration idleTimeout,
    Duration backOffMin,
    Duration backOffMax,
    List<ForeignSource> sources) {}
