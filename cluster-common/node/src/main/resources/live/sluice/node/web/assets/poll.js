// Asks the node for its streams again and again; a hidden page asks seldom.

const EVERY_MS = 2000;
const HIDDEN_EVERY_MS = 20_000;
const LIMIT_MS = 5000;

/**
 * onAnswer(parsed JSON) for each answer, onTrouble(words) for each failure. The next ask waits for the end of this one.
 */
export function poll(url, onAnswer, onTrouble) {
  let timer = null;
  let asking = false;

  async function ask() {
    asking = true;
    clearTimeout(timer);
    let tell;
    try {
      const answer = await get(url);
      tell = () => onAnswer(answer);
    } catch (error) {
      tell = () => onTrouble(words(error));
    }
    asking = false;
    timer = setTimeout(ask, document.hidden ? HIDDEN_EVERY_MS : EVERY_MS);
    tell();
  }

  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && !asking) {
      ask();
    }
  });
  ask();
}

async function get(url) {
  const response = await fetch(url, {cache: 'no-store', signal: AbortSignal.timeout(LIMIT_MS)});
  if (!response.ok) {
    throw new Error(`HTTP ${response.status}`);
  }
  return response.json();
}

function words(error) {
  if (error.name === 'TimeoutError') {
    return `it took longer than ${LIMIT_MS / 1000} s`;
  }
  if (error.name === 'TypeError') {
    return 'no connection';
  }
  return error.name === 'SyntaxError' ? 'the answer is not JSON' : error.message;
}
