import {element} from './dom.js';

/** A line with a label, a text and a button that copies it. */
export function copyRow(label, text) {
  const code = element('code', {}, text);
  const button = element('button', {type: 'button', 'aria-label': `Copy: ${label}`}, 'Copy');
  button.addEventListener('click', async () => {
    button.textContent = (await copy(text, code)) ? 'Copied' : 'Selected';
    setTimeout(() => { button.textContent = 'Copy'; }, 1500);
  });
  return element('div', {class: 'copy-row'}, element('span', {class: 'copy-label'}, label), code, button);
}

/** The clipboard is there on https and localhost only; elsewhere the text is selected and the old command is tried. */
async function copy(text, code) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    getSelection().selectAllChildren(code);
    return document.execCommand('copy');
  }
}
