// What is measured of the player, twice a second, and how it is written.

import {byId, element, setText} from './dom.js';
import {codecWords} from './words.js';

const ROWS = [
  ['latency', 'Behind live', 'How far the picture is behind the newest that has been received or listed'],
  ['buffer', 'Buffer', 'Media that is there to be played'],
  ['bitrate', 'Bit rate', 'What comes in, averaged'],
  ['size', 'Picture', 'Width and height'],
  ['rate', 'Frame rate', 'Frames that came to the screen, per second'],
  ['dropped', 'Dropped', 'Frames that the browser did not show, of all'],
  ['codecs', 'Codecs', 'Video and audio'],
];

export class Stats {
  #cells = new Map();
  #frames = null;
  #fps = null;

  constructor() {
    byId('stage-stats').append(...ROWS.map(([id, label, title]) => {
      const cell = element('dd', {id: `stat-${id}`}, '–');
      this.#cells.set(id, cell);
      return element('div', {class: id, title}, element('dt', {}, label), cell);
    }));
  }

  reset() {
    this.#frames = null;
    this.#fps = null;
    this.#cells.forEach((cell) => setText(cell, '–'));
  }

  /** Writes the figures, and gives {latency, buffer} in seconds for the graph. */
  show(video, figures) {
    const quality = video.getVideoPlaybackQuality();
    const buffer = bufferAhead(video);
    this.#measureRate(quality.totalVideoFrames);
    this.#put('latency', seconds(figures.latency));
    this.#put('buffer', seconds(buffer));
    this.#put('bitrate', bits(figures.bitrate));
    this.#put('size', video.videoWidth ? `${video.videoWidth}×${video.videoHeight}` : '–');
    this.#put('rate', this.#fps > 0 ? `${Math.round(this.#fps)} fps` : '–');
    const {droppedVideoFrames: dropped, totalVideoFrames: total} = quality;
    this.#put('dropped', total > 0 ? `${dropped} of ${total}` : '–');
    this.#put('codecs', [figures.video, figures.audio].filter(Boolean).map(codecWords).join(', ') || '–');
    return {latency: figures.latency ?? null, buffer};
  }

  #put(id, text) {
    setText(this.#cells.get(id), text);
  }

  /** Frames per second over some seconds, since a single half second says little. */
  #measureRate(total) {
    const now = performance.now();
    if (this.#frames === null || total < this.#frames.total) {
      this.#frames = {at: now, total};
    } else if (now - this.#frames.at > 3000) {
      this.#fps = (total - this.#frames.total) * 1000 / (now - this.#frames.at);
      this.#frames = {at: now, total};
    }
  }
}

function bufferAhead({buffered, currentTime}) {
  for (let i = 0; i < buffered.length; i++) {
    if (buffered.start(i) - 0.1 <= currentTime && currentTime <= buffered.end(i)) {
      return buffered.end(i) - currentTime;
    }
  }
  return 0;
}

function seconds(value) {
  return value === null || value === undefined ? '–' : `${value.toFixed(value < 10 ? 2 : 1)} s`;
}

function bits(value) {
  if (value === null || value === undefined) {
    return '–';
  }
  return value >= 1e6 ? `${(value / 1e6).toFixed(2)} Mb/s` : `${Math.round(value / 1e3)} kb/s`;
}
