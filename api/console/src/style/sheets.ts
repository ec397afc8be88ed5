// Stands in for @rc-component/util's dynamicCSS, which writes <style> elements. The content policy allows none, but
// constructable style sheets are script, not markup, and pass. The order of the sheets is that of the original.

interface Options {
  prepend?: boolean | 'queue';
  priority?: number;
  mark?: string;
}

interface Entry {
  key: string;
  front: boolean;
  priority: number;
  css: string;
  sheet: CSSStyleSheet;
  /** Callers set attributes on what they get; it is never connected, so it styles nothing. */
  handle: HTMLStyleElement;
}

let entries: Entry[] = [];

function apply(): void {
  document.adoptedStyleSheets = entries.map((entry) => entry.sheet);
}

function insert(entry: Entry, queued: boolean): void {
  if (!entry.front) entries.push(entry);
  else if (!queued) entries.unshift(entry);
  else {
    const after = entries.findLastIndex((other) => other.front && entry.priority >= other.priority);
    entries.splice(after + 1, 0, entry);
  }
}

export function injectCSS(css: string, option: Options = {}, key = ''): HTMLStyleElement {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  const handle = document.createElement('style');
  const entry = { key, front: !!option.prepend, priority: option.priority ?? 0, css, sheet, handle };
  insert(entry, option.prepend === 'queue');
  apply();
  return handle;
}

export function updateCSS(css: string, key: string, option: Options = {}): HTMLStyleElement {
  const known = entries.find((entry) => entry.key === key);
  if (!known) return injectCSS(css, option, key);
  if (known.css !== css) {
    known.css = css;
    known.sheet.replaceSync(css);
  }
  return known.handle;
}

export function removeCSS(key: string): void {
  entries = entries.filter((entry) => entry.key !== key);
  apply();
}

export function clearContainerCache(): void {}

/** The icons bring a copy of that module of their own, with these two beside it. */
export function getShadowRoot(): null {
  return null;
}

export function warningOnce(valid: boolean, message: string): void {
  if (!valid) console.warn(message);
}
