// The list of live streams. Cards are kept from one answer to the next, so that focus and selection survive.

import {byId, element, setText} from './dom.js';
import {DEFAULT_VHOST, TYPES, keyOf, pathOf, rtcPage} from './urls.js';
import {codecLabel, count, duration} from './words.js';

const FILTER_FROM = 7;

export class StreamList {
  #cards = new Map();
  #streams = [];
  #onPlay;

  /** onPlay(stream, type) when a button is pressed. */
  constructor(onPlay) {
    this.#onPlay = onPlay;
    byId('filter').addEventListener('input', () => this.#filter());
  }

  /** rtc: whether the node does WebRTC. */
  render(streams, rtc) {
    this.#streams = streams;
    const cards = streams.map((stream) => this.#card(stream));
    cards.forEach((card) => { card.rtc.hidden = !rtc; });
    const wanted = new Set(streams.map(keyOf));
    for (const [key, card] of this.#cards) {
      if (!wanted.has(key)) {
        card.root.remove();
        this.#cards.delete(key);
      }
    }
    const list = byId('streams');
    cards.forEach((card, i) => {
      if (list.children[i] !== card.root) {
        list.insertBefore(card.root, list.children[i] ?? null);
      }
    });
    byId('filter').hidden = streams.length < FILTER_FROM;
    this.#filter();
  }

  /** Marks the card of what is played. */
  mark(stream, type) {
    for (const [key, card] of this.#cards) {
      const open = stream !== null && key === keyOf(stream);
      card.root.classList.toggle('open', open);
      card.buttons.forEach((button) => button.setAttribute('aria-pressed', open && button.dataset.type === type));
    }
  }

  #card(stream) {
    const key = keyOf(stream);
    let card = this.#cards.get(key);
    if (!card) {
      card = this.#make(stream);
      this.#cards.set(key, card);
    }
    card.stream = stream;
    setText(card.media, mediaFacts(stream));
    setText(card.facts, facts(stream));
    return card;
  }

  #make(stream) {
    const card = {stream};
    card.media = element('p', {class: 'stream-facts'});
    card.facts = element('p', {class: 'stream-facts'});
    card.buttons = TYPES.map(({id, label, hint}) => element('button', {
      type: 'button',
      'data-type': id,
      title: hint,
      'aria-label': `Play ${pathOf(stream)} as ${label}`,
      'aria-pressed': 'false',
      click: () => this.#onPlay(card.stream, id),
    }, label));
    card.rtc = element('a', {
      class: 'button',
      href: rtcPage(stream),
      title: 'WebRTC by WHEP: less than half a second behind live',
      'aria-label': `Play ${pathOf(stream)} by WebRTC`,
    }, 'WebRTC');
    const vhost = stream.vhost === DEFAULT_VHOST ? null : element('span', {class: 'stream-vhost'}, stream.vhost);
    card.root = element('li', {class: 'card stream'},
      element('div', {class: 'stream-name'}, pathOf(stream), vhost),
      card.media,
      card.facts,
      element('div', {class: 'stream-buttons'}, ...card.buttons, card.rtc));
    return card;
  }

  #filter() {
    const wanted = byId('filter').hidden ? '' : byId('filter').value.trim().toLowerCase();
    let shown = 0;
    for (const stream of this.#streams) {
      const matches = pathOf(stream).toLowerCase().includes(wanted);
      this.#cards.get(keyOf(stream)).root.hidden = !matches;
      shown += matches ? 1 : 0;
    }
    byId('no-match').hidden = this.#streams.length === 0 || shown > 0;
  }
}

function mediaFacts(stream) {
  const size = stream.width && stream.height ? `${stream.width}×${stream.height}` : '';
  return [...stream.codecs.map(codecLabel), size].filter(Boolean).join(' · ');
}

function facts(stream) {
  return [
    stream.owner && `from ${stream.owner}${stream.local ? ' (here)' : stream.region && ` in ${stream.region}`}`,
    // An epoch is the wall clock of the publish in ms, or a little more.
    stream.epoch ? `for ${duration((Date.now() - stream.epoch) / 1000)}` : '',
    stream.players === null ? '' : count(stream.players, 'player', 'players'),
  ].filter(Boolean).join(' · ');
}
