import { useEffect } from 'react';

const settle = 100;
const focusable = 'a[href], button, input, [tabindex]';

/** A table that is wider than the screen and holds nothing to stop at would be out of reach of the keyboard: it becomes a stop itself. */
function mark(): void {
  for (const each of document.querySelectorAll<HTMLElement>('.ant-table-content')) {
    const hidden = each.scrollWidth > each.clientWidth && !each.querySelector(focusable);
    if (hidden) each.tabIndex = 0;
    else if (each.tabIndex === 0) each.removeAttribute('tabindex');
  }
}

export function useReachableTables(): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(mark, settle);
    };
    const changes = new MutationObserver(later);
    changes.observe(document.body, { childList: true, subtree: true });
    addEventListener('resize', later);
    return () => (clearTimeout(timer), changes.disconnect(), removeEventListener('resize', later));
  }, []);
}
