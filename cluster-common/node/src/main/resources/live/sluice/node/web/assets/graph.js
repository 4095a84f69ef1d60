// Latency (a line) and buffer (an area) of the last minute.

const POINTS = 120;

export class Graph {
  #canvas;
  #points = [];

  constructor(canvas) {
    this.#canvas = canvas;
  }

  reset() {
    this.#points = [];
    this.#draw();
  }

  /** One point each half second: {latency, buffer}, either null. */
  add(point) {
    this.#points.push(point);
    if (this.#points.length > POINTS) {
      this.#points.shift();
    }
    this.#draw();
  }

  #draw() {
    const canvas = this.#canvas;
    const scale = window.devicePixelRatio || 1;
    const {clientWidth: width, clientHeight: height} = canvas;
    canvas.width = width * scale;
    canvas.height = height * scale;
    const pen = canvas.getContext('2d');
    pen.scale(scale, scale);
    const style = getComputedStyle(canvas);
    const most = Math.max(0, ...this.#points.flatMap(({latency, buffer}) => [latency ?? 0, buffer ?? 0]));
    const top = Math.max(2, Math.ceil(most * 1.1));
    this.#rule(pen, style, width, height, top);
    const place = {width, height, top};
    this.#area(pen, style.getPropertyValue('--buffer'), place);
    this.#line(pen, style.getPropertyValue('--latency'), place);
  }

  #rule(pen, style, width, height, top) {
    pen.strokeStyle = style.getPropertyValue('--line');
    pen.fillStyle = style.getPropertyValue('--soft');
    pen.font = '11px system-ui, sans-serif';
    pen.lineWidth = 1;
    pen.strokeRect(0.5, 0.5, width - 1, height - 1);
    pen.fillText(`${top} s`, 6, 14);
  }

  /** The buffer, filled, so that it is seen where the latency is the same. */
  #area(pen, colour, place) {
    const last = this.#points.length - 1;
    if (last < 1) {
      return;
    }
    pen.beginPath();
    pen.moveTo(this.#x(0, place), place.height);
    this.#points.forEach((point, i) => pen.lineTo(this.#x(i, place), y(point.buffer ?? 0, place)));
    pen.lineTo(this.#x(last, place), place.height);
    pen.globalAlpha = 0.3;
    pen.fillStyle = colour;
    pen.fill();
    pen.globalAlpha = 1;
  }

  #line(pen, colour, place) {
    pen.strokeStyle = colour;
    pen.lineWidth = 2;
    pen.lineJoin = 'round';
    pen.beginPath();
    let drawing = false;
    this.#points.forEach(({latency}, i) => {
      if (latency === null) {
        drawing = false;
      } else if (drawing) {
        pen.lineTo(this.#x(i, place), y(latency, place));
      } else {
        pen.moveTo(this.#x(i, place), y(latency, place));
        drawing = true;
      }
    });
    pen.stroke();
  }

  #x(i, {width}) {
    return width - (this.#points.length - 1 - i) * (width / (POINTS - 1));
  }
}

function y(seconds, {height, top}) {
  return height - 1 - (seconds / top) * (height - 4);
}
