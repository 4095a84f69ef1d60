// HTTP-FLV and WS-FLV through mpegts.js.
//
// An engine is a function (video, source, on) that gives {stop(), figures()}:
//   source    {url, codecs}
//   on.end    called once with {words, retry} when it can't go on; retry says whether a new try may help
//   figures() {latency, bitrate, video, audio}: seconds behind live, bit/s, codecs; null where not known

import {script} from './script.js';
import {statusWords, tracksOf} from './words.js';

const CHECK_MS = 500;
const GAP_MARGIN_S = 0.05;

export async function startFlv(video, source, on) {
  const mpegts = await script('/assets/lib/mpegts.js', 'mpegts');
  if (!mpegts.getFeatureList().mseLivePlayback) {
    on.end({words: 'This browser has no Media Source Extensions; HLS may work.', retry: false});
    return {stop() {}, figures: () => ({})};
  }
  mpegts.LoggingControl.enableVerbose = false;
  mpegts.LoggingControl.enableDebug = false;
  mpegts.LoggingControl.enableInfo = false;

  const tracks = tracksOf(source.codecs);
  const media = {type: 'flv', isLive: true, url: source.url};
  if (tracks.audio !== undefined) {
    // The FLV header may promise a track that never comes, and mpegts.js would wait for it.
    media.hasAudio = tracks.audio;
    media.hasVideo = tracks.video;
  }
  const player = mpegts.createPlayer(media, {
    isLive: true,
    enableStashBuffer: false,
    lazyLoad: false,
    autoCleanupSourceBuffer: true,
    autoCleanupMaxBackwardDuration: 30,
    autoCleanupMinBackwardDuration: 15,
    // A little too far behind: a little faster. Much too far (a GOP at the start, a pause): a jump.
    liveSync: true,
    liveSyncMaxLatency: 1.2,
    liveSyncTargetLatency: 0.8,
    liveSyncPlaybackRate: 1.1,
    liveBufferLatencyChasing: true,
    liveBufferLatencyMaxLatency: 2.0,
    liveBufferLatencyMinRemain: 0.6,
  });

  let info = {};
  let bitrate = null;
  const end = (words, retry) => on.end({words, retry});
  player.on(mpegts.Events.MEDIA_INFO, (told) => { info = told; });
  player.on(mpegts.Events.STATISTICS_INFO, ({speed}) => {
    const now = speed * 1024 * 8;
    if (bitrate !== null) {
      bitrate = bitrate * 0.85 + now * 0.15;
    } else if (now > 0) {
      bitrate = now;
    }
  });
  player.on(mpegts.Events.LOADING_COMPLETE, () => end('The stream has ended.', true));
  player.on(mpegts.Events.ERROR, (type, detail, more) =>
    end(errorWords(mpegts, type, detail, more), canRetry(mpegts, type, detail)));
  const gaps = setInterval(() => jumpGap(video), CHECK_MS);

  player.attachMediaElement(video);
  player.load();

  return {
    stop() {
      clearInterval(gaps);
      player.destroy();
      video.playbackRate = 1;
    },
    figures: () => ({
      latency: behindLive(video),
      bitrate,
      video: info.hasVideo === false ? null : info.videoCodec ?? null,
      audio: info.hasAudio === false ? null : info.audioCodec ?? null,
    }),
  };
}

function behindLive(video) {
  const {buffered} = video;
  return buffered.length === 0 ? null : Math.max(0, buffered.end(buffered.length - 1) - video.currentTime);
}

/** After an interruption upstream the new media may begin later than the old ended: nothing plays across that. */
function jumpGap(video) {
  const {buffered, currentTime} = video;
  if (video.paused || video.seeking || buffered.length === 0) {
    return;
  }
  const last = buffered.start(buffered.length - 1);
  const inside = Array.from({length: buffered.length}, (_, i) => i)
    .some((i) => buffered.start(i) <= currentTime && currentTime < buffered.end(i) - GAP_MARGIN_S);
  if (!inside && last > currentTime) {
    video.currentTime = last + GAP_MARGIN_S;
  }
}

function canRetry(mpegts, type, detail) {
  return type === mpegts.ErrorTypes.NETWORK_ERROR || detail === mpegts.ErrorDetails.MEDIA_MSE_ERROR;
}

function errorWords(mpegts, type, detail, more) {
  const {ErrorDetails} = mpegts;
  switch (detail) {
    case ErrorDetails.NETWORK_STATUS_CODE_INVALID:
      return statusWords(more?.code);
    case ErrorDetails.NETWORK_TIMEOUT:
      return 'The node does not answer.';
    case ErrorDetails.NETWORK_EXCEPTION:
      return 'The connection to the node was refused or broke off.';
    case ErrorDetails.NETWORK_UNRECOVERABLE_EARLY_EOF:
      return 'The connection broke off.';
    case ErrorDetails.MEDIA_CODEC_UNSUPPORTED:
      return 'This browser cannot decode the codec of this stream.';
    case ErrorDetails.MEDIA_FORMAT_UNSUPPORTED:
      return 'What came is not FLV that mpegts.js can read.';
    case ErrorDetails.MEDIA_FORMAT_ERROR:
      return 'The FLV data is damaged.';
    default:
      return `The browser could not play it (${more?.msg ?? detail ?? type}).`;
  }
}
