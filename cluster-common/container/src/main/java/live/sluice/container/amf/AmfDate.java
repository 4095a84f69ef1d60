package live.sluice.container.amf;

/**
 * A point in time (AMF0, section 2.13).
 *
 * @param epochMs ms since 1970, UTC
 * @param timeZone reserved by the standard; written as it was read
 */
public record AmfDate(double epochMs, int timeZone) {}
