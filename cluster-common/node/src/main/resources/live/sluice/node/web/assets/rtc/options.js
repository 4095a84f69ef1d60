// What the page's address says, for people who send links and for tests:
// ?stream=app/name&vhost=&token=&layer=&source=&codec=&size=&bitrate=&simulcast=1&api=host:port&eip=&autostart=1

import {apiBase, pathOf, readDeepLink} from '../urls.js';
import {Refusal} from './session.js';

const parameters = new URLSearchParams(location.search);

/** Fills the form, and gives what has no field there. */
export function readOptions(form) {
  for (const field of form.elements) {
    const given = parameters.get(field.name);
    if (field.name === 'stream') {
      const link = readDeepLink();
      field.value = link ? pathOf(link.stream) : field.value;
    } else if (field.type === 'checkbox') {
      field.checked = given === '1';
    } else if (given && field.options) {
      const found = [...field.options].find(({value}) => value.toLowerCase() === given.toLowerCase());
      field.value = found?.value ?? field.value;
    } else if (given) {
      field.value = given;
    }
  }
  return {autostart: parameters.get('autostart') === '1', codec: parameters.get('codec')};
}

/** {vhost, app, name} of what was typed; null where it is no such name. */
export function typedStream(text) {
  const path = text.trim().replace(/^\/+|\/+$/g, '');
  const slash = path.lastIndexOf('/');
  return slash < 1
    ? null
    : {vhost: parameters.get('vhost') ?? '', app: path.slice(0, slash), name: path.slice(slash + 1)};
}

/** The URL of WHIP or WHEP. The API has a port of its own, which the node tells. */
export async function endpoint(kind, stream, more = {}) {
  const path = pathOf(stream).split('/').map(encodeURIComponent).join('/');
  const url = new URL(`${await base()}/${path}/${kind}`);
  const given = {vhost: stream.vhost, eip: parameters.get('eip'), ...more};
  Object.entries(given).filter(([, value]) => value).forEach(([name, value]) => url.searchParams.set(name, value));
  return url.href;
}

async function base() {
  const told = parameters.get('api');
  if (told) {
    return told.includes('://') ? told : `${location.protocol}//${told}`;
  }
  try {
    const response = await fetch('/streams.json', {cache: 'no-store'});
    return apiBase(await response.json());
  } catch {
    throw new Refusal(0, 'the node does not answer', null);
  }
}
