// The player: one stream at a time in <video id="player">, with an engine per type. It tries again by itself for as
// long as the stream is wanted, since a publisher may come back.

import {copyRow} from './copy.js';
import {byId, element, setText} from './dom.js';
import {startFlv} from './flv-engine.js';
import {Graph} from './graph.js';
import {startHls} from './hls-engine.js';
import {Stats} from './stats.js';
import {DEFAULT_VHOST, TYPES, keyOf, mediaUrl, pathOf, shownUrls, writeDeepLink} from './urls.js';
import {tracksOf} from './words.js';

const ENGINES = {flv: startFlv, ws: startFlv, hls: startHls};
const TICK_MS = 500;
const STALL_MS = 2500;
const LONGEST_WAIT_MS = 8000;

export class Player {
  #video = byId('player');
  #stats = new Stats();
  #graph = new Graph(byId('stage-graph'));
  #onChange;
  #stream = null;
  #type = 'flv';
  #live = null;
  #codecs = [];
  #node = {rtmpPort: 1935, rtc: false};
  #engine = null;
  /** Counts the starts: what an engine of an earlier one says is not heard. */
  #turn = 0;
  #tries = 0;
  #retryTimer = null;
  #lastTime = 0;
  #lastMove = 0;

  /** onChange is called when another stream, or none, is open. */
  constructor(onChange) {
    this.#onChange = onChange;
    byId('stage-close').addEventListener('click', () => this.close());
    byId('stage-types').append(...TYPES.map(({id, label, hint}) => {
      const click = () => this.open(this.#stream, id);
      return element('button', {type: 'button', 'data-type': id, title: hint, click}, label);
    }));
    this.#video.addEventListener('playing', () => this.#say(''));
    setInterval(() => this.#tick(), TICK_MS);
  }

  /** The stream that is open, or null. */
  get stream() {
    return this.#stream;
  }

  get type() {
    return this.#type;
  }

  open(stream, type) {
    this.#stream = {vhost: stream.vhost, app: stream.app, name: stream.name};
    this.#type = type;
    this.#codecs = stream.codecs ?? this.#codecs;
    this.#tries = 0;
    byId('stage').hidden = false;
    byId('main').classList.add('playing');
    const vhost = stream.vhost === DEFAULT_VHOST ? '' : ` (${stream.vhost})`;
    setText(byId('stage-title'), pathOf(stream) + vhost);
    document.title = `${pathOf(stream)} – Sluice`;
    for (const button of byId('stage-types').children) {
      button.setAttribute('aria-pressed', button.dataset.type === type);
    }
    writeDeepLink(this.#stream, type);
    this.#showUrls();
    this.#onChange();
    this.#start();
  }

  close() {
    this.#stop();
    this.#stream = null;
    this.#live = null;
    this.#codecs = [];
    byId('stage').hidden = true;
    byId('main').classList.remove('playing');
    document.title = 'Sluice';
    writeDeepLink(null);
    this.#onChange();
  }

  /** What the node says of its streams now. */
  update(model) {
    if (this.#node.rtmpPort !== model.rtmpPort || this.#node.rtc !== model.rtc) {
      this.#node = model;
      this.#showUrls();
    }
    if (this.#stream === null) {
      return;
    }
    const wasLive = this.#live;
    const found = model.streams.find((stream) => keyOf(stream) === keyOf(this.#stream));
    this.#live = found !== undefined;
    const codecs = found?.codecs ?? [];
    const changed = codecs.length > 0 && this.#codecs.length > 0 && !sameTracks(codecs, this.#codecs);
    if (codecs.length > 0) {
      this.#codecs = codecs;
    }
    const cameBack = this.#live && wasLive === false && this.#retryTimer !== null;
    if (cameBack || (changed && this.#engine !== null)) {
      this.#start();
    }
  }

  async #start() {
    this.#stop();
    const turn = ++this.#turn;
    this.#stats.reset();
    this.#graph.reset();
    this.#lastMove = performance.now();
    this.#lastTime = 0;
    this.#say(this.#tries === 0 ? 'Connecting …' : 'Trying again …');
    const source = {url: mediaUrl(this.#stream, this.#type), codecs: this.#codecs};
    const end = (what) => {
      if (turn === this.#turn) {
        this.#ended(what);
      }
    };
    try {
      const engine = await ENGINES[this.#type](this.#video, source, {end});
      if (turn !== this.#turn) {
        engine.stop();
        return;
      }
      this.#engine = engine;
      await this.#video.play();
    } catch (error) {
      if (turn !== this.#turn) {
        return;
      }
      if (error.name === 'NotAllowedError') {
        this.#say('The browser waits for a click: press play.');
      } else if (this.#engine === null) {
        end({words: `${error.message}.`, retry: true});
      }
      // Whatever else keeps play() from starting, the engine reports with a better reason.
    }
  }

  #stop() {
    clearTimeout(this.#retryTimer);
    this.#retryTimer = null;
    this.#turn++;
    this.#engine?.stop();
    this.#engine = null;
  }

  #ended({words, retry}) {
    this.#stop();
    if (!retry) {
      this.#say(words, true);
      return;
    }
    const wait = Math.min(LONGEST_WAIT_MS, 1000 * 2 ** this.#tries) * (0.8 + Math.random() * 0.4);
    this.#tries++;
    this.#say(`${this.#live === false ? 'Nobody publishes this stream at the moment.' : words} Trying again.`, true);
    this.#retryTimer = setTimeout(() => this.#start(), wait);
  }

  #tick() {
    if (this.#engine === null) {
      return;
    }
    const video = this.#video;
    this.#graph.add(this.#stats.show(video, this.#engine.figures()));
    const now = performance.now();
    if (video.currentTime !== this.#lastTime || video.paused) {
      if (video.currentTime !== this.#lastTime && !video.paused) {
        this.#tries = 0;
        this.#say(video.videoWidth === 0 && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA ? 'Sound only' : '');
      }
      this.#lastTime = video.currentTime;
      this.#lastMove = now;
    } else if (now - this.#lastMove > STALL_MS) {
      this.#say(`Waiting for media since ${Math.floor((now - this.#lastMove) / 1000)} s`);
    }
  }

  #say(words, isError = false) {
    const message = byId('stage-message');
    setText(message, words);
    message.hidden = words === '';
    message.classList.toggle('error', isError);
  }

  #showUrls() {
    if (this.#stream !== null) {
      const rows = shownUrls(this.#stream, this.#node).map(([label, url]) => copyRow(label, url));
      byId('stage-urls').replaceChildren(...rows);
    }
  }
}

function sameTracks(some, others) {
  const a = tracksOf(some);
  const b = tracksOf(others);
  return a.audio === b.audio && a.video === b.video;
}
