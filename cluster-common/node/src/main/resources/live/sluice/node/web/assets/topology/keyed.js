// Elements of the drawing by key: what stays is changed in place, so that nothing flickers and a tooltip stays open.

const SVG = 'http://www.w3.org/2000/svg';

export class Keyed {
  constructor(parent) {
    this.parent = parent;
    this.elements = new Map();
    this.used = new Set();
  }

  /** The element of that key with these attributes and that text. */
  put(key, name, attributes, text = null, parent = this.parent) {
    let made = this.elements.get(key);
    if (!made) {
      made = document.createElementNS(SVG, name);
      parent.append(made);
      this.elements.set(key, made);
    }
    for (const [attribute, value] of Object.entries(attributes)) {
      if (made.getAttribute(attribute) !== String(value)) {
        made.setAttribute(attribute, value);
      }
    }
    if (text !== null && made.textContent !== text) {
      made.textContent = text;
    }
    this.used.add(key);
    return made;
  }

  /** Takes away what was not put since the last time. */
  sweep() {
    for (const [key, made] of this.elements) {
      if (!this.used.has(key)) {
        made.remove();
        this.elements.delete(key);
      }
    }
    this.used.clear();
  }
}
