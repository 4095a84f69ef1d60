// The last minute of one figure as a line.

const POINTS = 60;
const WIDTH = 100;
const HEIGHT = 30;
const SVG = 'http://www.w3.org/2000/svg';

export class Chart {
  #values = [];
  #line = shape('path', {});

  /** The element to place. */
  root = shape('svg', {viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', 'aria-hidden': 'true'});

  constructor() {
    this.root.append(shape('path', {class: 'floor', d: `M0 ${HEIGHT - 0.5}H${WIDTH}`}), this.#line);
  }

  reset() {
    this.#values = [];
    this.#line.setAttribute('d', '');
  }

  /** One value each second; null leaves a gap. */
  add(value) {
    this.#values.push(value);
    if (this.#values.length > POINTS) {
      this.#values.shift();
    }
    this.#line.setAttribute('d', this.#path());
  }

  #path() {
    const top = Math.max(1e-6, ...this.#values.map((value) => value ?? 0)) * 1.1;
    let drawing = false;
    return this.#values.map((value, i) => {
      if (value === null) {
        drawing = false;
        return '';
      }
      const x = WIDTH - (this.#values.length - 1 - i) * (WIDTH / (POINTS - 1));
      const y = HEIGHT - 1 - (value / top) * (HEIGHT - 2);
      const step = `${drawing ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
      drawing = true;
      return step;
    }).join('');
  }
}

function shape(name, attributes) {
  const made = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  return made;
}
