package live.sluice.rtc.sdp;

/**
 * An attribute, {@code a=name:value} or {@code a=name}.
 *
 * @param line in which line it stands, from 1
 * @param name before the colon
 * @param value after it; empty where there is none
 */
public record SdpAttribute(int line, String name, String value) {}
