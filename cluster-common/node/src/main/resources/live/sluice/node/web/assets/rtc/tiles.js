// The figures of a page, each with its last minute where it is a number that moves.

import {byId, element, setText} from '../dom.js';
import {Chart} from './chart.js';

export class Tiles {
  #tiles;

  /** rows: {label, title, value(sample) → number, text or null, words(value), chart: whether it is drawn}. */
  constructor(rows) {
    this.#tiles = rows.map((row) => {
      const cell = element('dd', {}, '–');
      const chart = row.chart ? new Chart() : null;
      byId('tiles').append(
        element('dl', {class: 'tile', title: row.title}, element('dt', {}, row.label), cell, chart?.root));
      return {row, cell, chart};
    });
  }

  reset() {
    for (const {cell, chart} of this.#tiles) {
      setText(cell, '–');
      chart?.reset();
    }
  }

  show(sample) {
    for (const {row, cell, chart} of this.#tiles) {
      const value = row.value(sample) ?? null;
      setText(cell, value === null ? '–' : row.words(value));
      chart?.add(typeof value === 'number' ? value : null);
    }
  }
}

export function bits(value) {
  return value >= 1e6 ? `${(value / 1e6).toFixed(2)} Mb/s` : `${Math.round(value / 1e3)} kb/s`;
}

export function milliseconds(value) {
  return value >= 10_000 ? `${(value / 1000).toFixed(1)} s` : `${Math.round(value)} ms`;
}

export function percent(value) {
  return `${(value * 100).toFixed(value < 0.0995 ? 1 : 0)} %`;
}
