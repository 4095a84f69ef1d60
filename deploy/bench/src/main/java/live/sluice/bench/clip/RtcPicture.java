package live.sluice.bench.clip;

import java.util.List;

/**
 * One picture of a clip as RTP has it.
 *
 * @param durationMs until the next one
 * @param keyframe whether decoding can begin here
 * @param payloads of its packets, in order
 */
public record RtcPicture(long durationMs, boolean keyframe, List<RtcPayload> payloads) {}
