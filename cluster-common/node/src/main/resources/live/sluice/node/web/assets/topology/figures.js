// Figures of hops as people say them; null is "not known".

export function delay(ms) {
  return Number.isFinite(ms) ? `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms` : '–';
}

/** Lost at first and in the end, of {loss_before, loss_after}. */
export function loss({loss_before: before, loss_after: after}) {
  return Number.isFinite(before) ? `${percent(before)} → ${percent(after)} %` : '–';
}

/** A pull in few words. By TCP neither delay nor loss is known. */
export function pullWords(pull) {
  const known = [delay(pull.delay_ms), loss(pull)].filter((words) => words !== '–');
  return [...(known.length > 0 ? known : [pull.transport.toUpperCase()]), rate(pull.kbps)].join(' · ');
}

export function rate(kbps) {
  const known = Number.isFinite(kbps) ? kbps : 0;
  return known < 1000 ? `${known} kb/s` : `${(known / 1000).toFixed(1)} Mb/s`;
}

function percent(share) {
  return share === 0 ? '0' : (share * 100).toFixed(share < 0.001 ? 2 : 1);
}
