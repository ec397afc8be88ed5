import { expect, test } from 'vitest';
import { RegistryClock } from './clock';

const noon = Date.UTC(2026, 0, 1, 12);
const hour = 3_600_000;
const at = (ms: number) => new Date(ms).toUTCString();

function clockAt(start: number) {
  const wall = { now: start };
  return { wall, clock: new RegistryClock(() => wall.now) };
}

test('a clock that is an hour behind is corrected by the first answer', () => {
  const { clock } = clockAt(noon - hour);
  clock.hear(at(noon), false);
  expect(clock.skew()).toBe(hour + 500);
  expect(clock.now().getTime()).toBe(noon + 500);
});

test('an answer out of the cache does not put the clock back', () => {
  const { clock } = clockAt(noon);
  clock.hear(at(noon), true);
  clock.hear(at(noon - 3 * hour), false);
  expect(clock.skew()).toBe(0);
});

test('what a cached answer said first is corrected by one that is new', () => {
  const { clock } = clockAt(noon);
  clock.hear(at(noon - 3 * hour), false);
  expect(clock.skew()).toBe(-3 * hour + 500);
  clock.hear(at(noon), false);
  expect(clock.skew()).toBe(0);
});

test('a clock that is set right while the page is open is believed again after a fresh answer', () => {
  const { clock, wall } = clockAt(noon - hour);
  clock.hear(at(noon), false);
  wall.now = noon + 1_000;
  clock.hear(at(noon), false);
  expect(clock.skew()).toBe(hour + 500);
  clock.hear(at(noon), true);
  expect(clock.skew()).toBe(0);
});

test('a clock that runs ahead is corrected backwards, and the rounding of seconds is no skew', () => {
  const { clock, wall } = clockAt(noon + 2 * hour);
  clock.hear(at(noon), true);
  expect(clock.skew()).toBe(-2 * hour + 500);
  wall.now += 900;
  clock.hear(at(noon), true);
  expect(clock.skew()).toBe(-2 * hour + 500);
});

test('an answer without a date says nothing', () => {
  const { clock } = clockAt(noon);
  clock.hear(null, true);
  clock.hear('yesterday', true);
  expect(clock.skew()).toBe(0);
});

test('whoever shows the clock hears when it turns out wrong', () => {
  const { clock } = clockAt(noon - hour);
  let told = 0;
  const stop = clock.whenItChanges(() => (told += 1));
  clock.hear(at(noon), false);
  stop();
  clock.hear(at(noon + hour), false);
  expect(told).toBe(1);
});
