// What both pages share: the form and its buttons, the state, and the figures once a second. Tests read window.sluice.

import {byId, setText} from '../dom.js';
import {Connection} from './connection.js';

const EVERY_MS = 1000;
const TAGS = {connected: 'tag good', disconnected: 'tag warn', waiting: 'tag warn', failed: 'tag warn'};

export class Stage {
  #tiles;
  #read;
  #turn = 0;
  #notes = {};
  connection = new Connection((state, words) => this.#show(state, words));
  /** The newest sample; null where there is none. */
  stats = null;

  /** read(report, last sample) gives a sample; tiles show it. */
  constructor(tiles, read) {
    this.#tiles = tiles;
    this.#read = read;
    setInterval(() => this.#measure(), EVERY_MS);
    const stage = this;
    window.sluice = {
      get pc() { return stage.connection.pc; },
      get state() { return stage.connection.state; },
      get stats() { return stage.stats; },
    };
  }

  /** start() and stop() when the buttons are pressed. */
  listen(start, stop) {
    byId('form').addEventListener('submit', (event) => {
      event.preventDefault();
      start();
    });
    byId('stop').addEventListener('click', stop);
  }

  say(words, isError = false) {
    const message = byId('message');
    setText(message, words);
    message.hidden = words === '';
    message.classList.toggle('error', isError);
  }

  /** Something went wrong before there was anything to connect. */
  fail(words) {
    this.connection.close();
    this.connection.state = 'failed';
    this.#show('failed', words);
  }

  /** Adds figures to the samples of this session that are no statistics. */
  note(figures) {
    Object.assign(this.#notes, figures);
  }

  /** Whether the fields can't be changed now. */
  busy(isBusy) {
    for (const field of byId('form').elements) {
      field.disabled = isBusy;
    }
    byId('stop').disabled = !isBusy;
  }

  #show(state, words) {
    setText(byId('state'), state);
    byId('state').className = TAGS[state] ?? 'tag';
    this.say(words, state === 'waiting' || state === 'failed');
    if (state === 'connecting' || state === 'idle') {
      this.#turn++;
      this.stats = null;
      this.#notes = {};
      this.#tiles.reset();
    }
    this.busy(state !== 'idle' && state !== 'failed');
  }

  async #measure() {
    const {pc, state} = this.connection;
    const turn = this.#turn;
    if (pc === null || state !== 'connected') {
      return;
    }
    const report = await pc.getStats();
    if (turn === this.#turn) {
      this.stats = {...this.#read(report, this.stats), ...this.#notes};
      this.#tiles.show(this.stats);
    }
  }
}
