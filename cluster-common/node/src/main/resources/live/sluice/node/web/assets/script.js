// The two libraries are classic scripts that set a global; each is loaded when it is first needed.

const loading = new Map();

/** Resolves with window[global] once the script has run. */
export function script(src, global) {
  if (!loading.has(src)) {
    loading.set(src, new Promise((resolve, reject) => {
      const tag = document.createElement('script');
      tag.src = src;
      tag.addEventListener('load', () => resolve(window[global]));
      tag.addEventListener('error', () => {
        loading.delete(src);
        reject(new Error(`${src} could not be loaded`));
      });
      document.head.append(tag);
    }));
  }
  return loading.get(src);
}
