import { useState } from 'react';

const most = 20;
const recentMost = 6;

interface Kept {
  saved: string[];
  recent: string[];
}

const place = (party: string) => `tallystick.queries.${party}`;

function read(party: string): Kept {
  const text = localStorage.getItem(place(party));
  return text ? (JSON.parse(text) as Kept) : { saved: [], recent: [] };
}

/** Queries that a person keeps in this browser, and those asked lately. */
export function useSavedQueries(party: string) {
  const [kept, setKept] = useState(() => read(party));
  const change = (next: Kept) => {
    localStorage.setItem(place(party), JSON.stringify(next));
    setKept(next);
  };
  const without = (list: string[], text: string) => list.filter((each) => each !== text);
  return {
    ...kept,
    isSaved: (text: string) => kept.saved.includes(text),
    toggle: (text: string) => change({ ...kept, saved: kept.saved.includes(text) ? without(kept.saved, text) : [text, ...kept.saved].slice(0, most) }),
    asked: (text: string) => change({ ...kept, recent: [text, ...without(kept.recent, text)].slice(0, recentMost) }),
  };
}
