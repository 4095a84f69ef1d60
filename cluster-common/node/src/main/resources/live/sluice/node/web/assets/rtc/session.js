// A session of WHIP (RFC 9725) or WHEP: offer and answer over HTTP. The node is ICE-lite and its addresses stand in the
// answer, so that nothing has to be trickled: it learns of ours by our checks.

/** What the node refused: {status, message, retryAfter in s or null}. */
export class Refusal extends Error {
  constructor(status, message, retryAfter) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

export class Session {
  #pc;
  #url;

  constructor(pc, url) {
    this.#pc = pc;
    this.#url = url;
  }

  /** Sends the offer and takes the answer. adapt changes the offer's text before it is used. */
  static async open(pc, {url, token, signal, adapt = (sdp) => sdp}) {
    const offer = await pc.createOffer();
    await pc.setLocalDescription({type: 'offer', sdp: adapt(offer.sdp)});
    const headers = {'Content-Type': 'application/sdp'};
    if (token) {
      headers.Authorization = `Bearer ${token}`;
    }
    const response = await ask(url, {method: 'POST', headers, body: pc.localDescription.sdp, signal});
    const session = new Session(pc, new URL(response.headers.get('Location'), response.url).href);
    try {
      await pc.setRemoteDescription({type: 'answer', sdp: await response.text()});
    } catch (error) {
      session.close();
      throw error;
    }
    return session;
  }

  /** Looks for a way to the node anew, with the session as it is; RFC 9725, section 4.3.3. */
  async restart() {
    const answer = this.#pc.remoteDescription.sdp;
    const offer = await this.#pc.createOffer({iceRestart: true});
    await this.#pc.setLocalDescription(offer);
    const headers = {'Content-Type': 'application/trickle-ice-sdpfrag', 'If-Match': '*'};
    const response = await ask(this.#url, {method: 'PATCH', headers, body: fragment(offer.sdp)});
    await this.#pc.setRemoteDescription({type: 'answer', sdp: renewed(answer, await response.text())});
  }

  /** Also when the page goes away. */
  close() {
    fetch(this.#url, {method: 'DELETE', keepalive: true}).catch(() => {});
  }
}

async function ask(url, request) {
  let response;
  try {
    response = await fetch(url, {...request, cache: 'no-store'});
  } catch (error) {
    throw error.name === 'AbortError' ? error : new Refusal(0, `no connection to ${new URL(url).host}`, null);
  }
  if (response.ok) {
    return response;
  }
  const words = await response.json().then((body) => body.message, () => null);
  const wait = Number.parseInt(response.headers.get('Retry-After') ?? '', 10);
  throw new Refusal(
    response.status, words ?? `the node answered with HTTP status ${response.status}`, Number.isNaN(wait) ? null : wait);
}

/** What of an offer a restart needs: RFC 8840, section 9. */
function fragment(sdp) {
  const lines = sdp.split(/\r?\n/);
  const first = (start) => lines.filter((line) => line.startsWith(start)).slice(0, 1);
  const media = first('m=');
  return [...first('a=group:BUNDLE'), ...first('a=ice-ufrag'), ...first('a=ice-pwd'), ...media, ...first('a=mid'), '']
    .join('\r\n');
}

/** The answer with the credentials and candidates of a fragment. */
function renewed(answer, text) {
  const lines = text.split(/\r?\n/);
  const of = (start) => lines.find((line) => line.startsWith(start));
  const candidates = [...new Set(lines.filter((line) => line.startsWith('a=candidate')))];
  let placed = false;
  return answer.split(/\r?\n/).flatMap((line) => {
    if (line.startsWith('a=ice-ufrag')) {
      return [of('a=ice-ufrag') ?? line];
    }
    if (line.startsWith('a=ice-pwd')) {
      return [of('a=ice-pwd') ?? line];
    }
    if (line.startsWith('a=candidate') && candidates.length > 0) {
      const now = placed ? [] : candidates;
      placed = true;
      return now;
    }
    return [line];
  }).join('\r\n');
}
