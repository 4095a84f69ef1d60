// Keeps a session going for as long as it is wanted: a way that is lost is looked for anew, a session that is lost is
// opened anew, and what the node says will pass is waited for.

import {Session} from './session.js';

const SHORTEST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 8000;

export class Connection {
  #tell;
  #wanted = null;
  #session = null;
  #abort = null;
  #timer = null;
  #tries = 0;
  #restarted = false;
  pc = null;
  state = 'idle';
  /** performance.now() when the session that is there now was asked for. */
  askedAt = 0;

  /** tell(state, words) at each change; state is idle, connecting, connected, disconnected, waiting or failed. */
  constructor(tell) {
    this.#tell = tell;
    addEventListener('pagehide', () => this.#drop());
  }

  /** prepare(pc) adds what is sent or wanted, and gives what Session.open needs. */
  open(prepare) {
    this.close();
    this.#wanted = prepare;
    this.#tries = 0;
    this.#start();
  }

  close() {
    this.#wanted = null;
    this.#drop();
    this.#say('idle', '');
  }

  #say(state, words) {
    this.state = state;
    this.#tell(state, words);
  }

  #drop() {
    clearTimeout(this.#timer);
    this.#abort?.abort();
    this.#session?.close();
    this.#session = null;
    this.pc?.close();
    this.pc = null;
  }

  async #start() {
    this.#drop();
    const abort = new AbortController();
    const pc = new RTCPeerConnection();
    this.#abort = abort;
    this.pc = pc;
    this.#restarted = false;
    this.askedAt = performance.now();
    this.#say('connecting', this.#tries === 0 ? 'Connecting …' : 'Trying again …');
    pc.addEventListener('connectionstatechange', () => this.#changed(pc));
    try {
      const request = await this.#wanted(pc);
      const session = await Session.open(pc, {...request, signal: abort.signal});
      if (this.pc !== pc) {
        session.close();
        return;
      }
      this.#session = session;
      pc.getTransceivers()[0]?.receiver.transport?.addEventListener('statechange', ({target}) => {
        if (target.state === 'closed' && this.pc === pc) {
          this.#again({message: 'The node has ended the session'}, null);
        }
      });
    } catch (error) {
      if (this.pc === pc) {
        this.#refused(error);
      }
    }
  }

  #changed(pc) {
    if (this.pc !== pc) {
      return;
    }
    if (pc.connectionState === 'connected') {
      this.#tries = 0;
      this.#restarted = false;
      this.#say('connected', '');
    } else if (pc.connectionState === 'disconnected') {
      this.#say('disconnected', 'The network is gone; waiting for it.');
    } else if (pc.connectionState === 'failed') {
      this.#lost(pc);
    }
  }

  async #lost(pc) {
    if (this.#restarted || this.#session === null) {
      this.#again({message: 'No way to the node: is its WebRTC port reachable?'}, null);
      return;
    }
    this.#restarted = true;
    try {
      await this.#session.restart();
    } catch (error) {
      if (this.pc === pc) {
        this.#again(error, null);
      }
    }
  }

  #refused(error) {
    const passes = error.status === 0 || error.status === 503 || (error.retryAfter ?? null) !== null;
    if (passes) {
      this.#again(error, error.retryAfter);
    } else {
      this.#drop();
      this.#say('failed', sentence(error.message));
    }
  }

  #again(error, afterSeconds) {
    this.#drop();
    const wait = Math.min(LONGEST_WAIT_MS, SHORTEST_WAIT_MS * 2 ** this.#tries) * (0.8 + Math.random() * 0.4);
    this.#tries++;
    this.#say('waiting', `${sentence(error.message)} Trying again.`);
    this.#timer = setTimeout(() => this.#start(), Math.max(wait, (afterSeconds ?? 0) * 1000));
  }
}

function sentence(text) {
  const trimmed = text.trim();
  return trimmed.charAt(0).toUpperCase() + trimmed.slice(1) + (/[.!?]$/.test(trimmed) ? '' : '.');
}
