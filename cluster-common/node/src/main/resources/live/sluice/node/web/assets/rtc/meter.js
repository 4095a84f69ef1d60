// What getStats says, once a second, as plain figures. Rates are over the time since the last sample.

/** Of what is sent. */
export function readSent(report, last) {
  const all = [...report.values()];
  const layers = all.filter(({type, kind}) => type === 'outbound-rtp' && kind === 'video');
  const top = layers.toSorted((a, b) => (b.frameWidth ?? 0) - (a.frameWidth ?? 0))[0];
  const outs = all.filter(({type}) => type === 'outbound-rtp');
  const remotes = all.filter(({type, kind}) => type === 'remote-inbound-rtp' && kind === 'video');
  const sample = {
    ...readPath(report),
    at: top?.timestamp ?? Date.now(),
    bytes: sum(outs, 'bytesSent'),
    packets: sum(outs, 'packetsSent'),
    frames: top?.framesEncoded ?? 0,
    retransmitted: sum(outs, 'retransmittedPacketsSent'),
    nacks: sum(layers, 'nackCount'),
    plis: sum(layers, 'pliCount'),
    limitation: top?.qualityLimitationReason ?? null,
    encoder: top?.encoderImplementation ?? null,
    codec: report.get(top?.codecId)?.mimeType?.slice(6) ?? null,
    audioCodec: report.get(outs.find(({kind}) => kind === 'audio')?.codecId)?.mimeType?.slice(6) ?? null,
    width: top?.frameWidth ?? 0,
    height: top?.frameHeight ?? 0,
    layers: layers.length,
    loss: remotes.length > 0 ? Math.max(...remotes.map(({fractionLost}) => fractionLost ?? 0)) : null,
  };
  sample.rtt ??= remotes[0]?.roundTripTime === undefined ? null : remotes[0].roundTripTime * 1000;
  return withRates(sample, last);
}

/** Of what is received. */
export function readReceived(report, last) {
  const all = [...report.values()];
  const ins = all.filter(({type}) => type === 'inbound-rtp');
  const video = ins.find(({kind}) => kind === 'video') ?? {};
  const audio = ins.find(({kind}) => kind === 'audio') ?? {};
  const sample = {
    ...readPath(report),
    at: video.timestamp ?? audio.timestamp ?? Date.now(),
    bytes: sum(ins, 'bytesReceived'),
    packets: sum(ins, 'packetsReceived'),
    lost: sum(ins, 'packetsLost'),
    frames: video.framesDecoded ?? 0,
    dropped: video.framesDropped ?? 0,
    keyframes: video.keyFramesDecoded ?? 0,
    nacks: video.nackCount ?? 0,
    plis: video.pliCount ?? 0,
    freezes: video.freezeCount ?? 0,
    frozen: (video.totalFreezesDuration ?? 0) * 1000,
    decoder: video.decoderImplementation ?? null,
    codec: report.get(video.codecId)?.mimeType?.slice(6) ?? null,
    audioCodec: report.get(audio.codecId)?.mimeType?.slice(6) ?? null,
    width: video.frameWidth ?? 0,
    height: video.frameHeight ?? 0,
    jitter: video.jitter === undefined ? null : video.jitter * 1000,
    delay: video.jitterBufferDelay ?? 0,
    emitted: video.jitterBufferEmittedCount ?? 0,
    concealed: audio.concealedSamples ?? 0,
    samples: audio.totalSamplesReceived ?? 0,
    videoPlayout: video.estimatedPlayoutTimestamp ?? null,
    audioPlayout: audio.estimatedPlayoutTimestamp ?? null,
  };
  const emitted = sample.emitted - (last?.emitted ?? 0);
  sample.buffer = emitted > 0 ? (sample.delay - (last?.delay ?? 0)) * 1000 / emitted : null;
  return withRates(sample, last);
}

function readPath(report) {
  const transport = [...report.values()].find(({type}) => type === 'transport') ?? {};
  const pair = report.get(transport.selectedCandidatePairId) ?? {};
  const remote = report.get(pair.remoteCandidateId) ?? {};
  return {
    rtt: pair.currentRoundTripTime === undefined ? null : pair.currentRoundTripTime * 1000,
    available: pair.availableOutgoingBitrate ?? null,
    path: remote.address ? `${remote.protocol} ${remote.address}:${remote.port}` : null,
    srtp: transport.srtpCipher ?? null,
    dtls: transport.dtlsState ?? null,
  };
}

function withRates(sample, last) {
  const seconds = last ? (sample.at - last.at) / 1000 : 0;
  const rate = (name) => (seconds > 0 ? Math.max(0, sample[name] - last[name]) / seconds : null);
  sample.bitrate = rate('bytes') === null ? null : rate('bytes') * 8;
  sample.fps = rate('frames');
  if (sample.loss === undefined) {
    const lost = last ? Math.max(0, sample.lost - last.lost) : 0;
    const came = last ? sample.packets - last.packets : 0;
    sample.loss = lost + came > 0 ? lost / (lost + came) : null;
  }
  return sample;
}

function sum(reports, name) {
  return reports.reduce((total, report) => total + (report[name] ?? 0), 0);
}
