// HLS through hls.js, or through the browser itself where that has no Media Source Extensions (iPhones).
// What an engine is: see flv-engine.js.

import {script} from './script.js';
import {isHevc, statusWords} from './words.js';

export async function startHls(video, source, on) {
  const Hls = await script('/assets/lib/hls.js', 'Hls');
  const native = video.canPlayType('application/vnd.apple.mpegurl') !== '';
  // hls.js of this version does not read HEVC from MPEG-TS; a browser with HLS of its own may.
  if (native && (!Hls.isSupported() || isHevc(source.codecs))) {
    return startNative(video, source, on);
  }
  if (!Hls.isSupported()) {
    on.end({words: 'This browser plays no HLS.', retry: false});
    return {stop() {}, figures: () => ({})};
  }
  return startScripted(Hls, video, source, on);
}

function startScripted(Hls, video, source, on) {
  const hls = new Hls({
    // A file of its own and not a blob, for the sake of the content security policy.
    workerPath: '/assets/lib/hls.worker.js',
    liveSyncDurationCount: 2,
    liveMaxLatencyDurationCount: 6,
    maxLiveSyncPlaybackRate: 1.1,
    backBufferLength: 30,
  });
  let bitrate = null;
  let codecs = {};
  let recovered = false;
  hls.on(Hls.Events.FRAG_LOADED, (_, {frag}) => {
    if (frag.duration > 0) {
      bitrate = frag.stats.total * 8 / frag.duration;
    }
  });
  hls.on(Hls.Events.BUFFER_CODECS, (_, tracks) => {
    codecs = {
      video: tracks.video?.codec ?? tracks.audiovideo?.codec ?? codecs.video,
      audio: tracks.audio?.codec ?? codecs.audio,
    };
  });
  hls.on(Hls.Events.ERROR, (_, error) => {
    if (!error.fatal) {
      return;
    }
    if (error.type === Hls.ErrorTypes.MEDIA_ERROR && !recovered) {
      recovered = true;
      hls.recoverMediaError();
      return;
    }
    on.end({words: errorWords(Hls, error, source), retry: error.type === Hls.ErrorTypes.NETWORK_ERROR});
  });
  hls.loadSource(source.url);
  hls.attachMedia(video);
  return {
    stop() {
      hls.destroy();
      video.playbackRate = 1;
    },
    figures: () => ({
      latency: hls.latency > 0 ? hls.latency : null,
      bitrate,
      video: codecs.video ?? null,
      audio: codecs.audio ?? null,
    }),
  };
}

function startNative(video, source, on) {
  const failed = () => on.end({words: 'The browser could not play this HLS stream.', retry: true});
  video.addEventListener('error', failed);
  video.src = source.url;
  return {
    stop() {
      video.removeEventListener('error', failed);
      video.removeAttribute('src');
      video.load();
    },
    figures: () => {
      const {seekable} = video;
      const edge = seekable.length > 0 ? seekable.end(seekable.length - 1) : null;
      const latency = edge === null ? null : Math.max(0, edge - video.currentTime);
      return {latency, bitrate: null, video: null, audio: null};
    },
  };
}

function errorWords(Hls, error, source) {
  if (error.type === Hls.ErrorTypes.NETWORK_ERROR) {
    const status = error.response?.code;
    if (status) {
      return statusWords(status);
    }
    return error.details === Hls.ErrorDetails.MANIFEST_PARSING_ERROR
      ? 'What came is not an HLS playlist.'
      : 'The connection to the node was refused or broke off.';
  }
  if (isHevc(source.codecs)) {
    return 'hls.js cannot read HEVC from MPEG-TS segments; FLV may work.';
  }
  if (error.details === Hls.ErrorDetails.BUFFER_ADD_CODEC_ERROR
      || error.details === Hls.ErrorDetails.MANIFEST_INCOMPATIBLE_CODECS_ERROR) {
    return 'This browser cannot decode the codec of this stream.';
  }
  return `The browser could not play it (${error.details}).`;
}
