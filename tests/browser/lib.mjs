// What every journey needs: a server of its own, a browser, and a watch over what the page tries that it must not.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const require = createRequire(join(process.env.CONSOLE_PACKAGES, 'package.json'));
const { chromium } = require('playwright-core');
export const program = process.env.TALLYSTICK;
/** How long a page may take for one thing; less is asked for while a journey is being written. */
export const patience = Number(process.env.CONSOLE_PATIENCE ?? 30_000);
export const pictures = process.env.CONSOLE_PICTURES ?? join(tmpdir(), 'tallystick-pictures');

export function assert(good, what) {
  if (!good) throw new Error(what);
}

/** A data folder that goes when the process ends. */
export function makeHome(region = '360300') {
  const folder = mkdtempSync(join(tmpdir(), 'tallystick-browser-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const data = join(folder, 'data');
  const said = execFileSync(program, ['init', '--data', data, '--ledger', `registry.example/${region}`, '--region', region], {
    encoding: 'utf8',
  });
  return { folder, data, said };
}

/** Runs a command of the program until it says where it listens. */
export function serve(...args) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  process.on('exit', () => child.kill('SIGKILL'));
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (text) => {
      said += text;
      const address = /(?:listening on|Serving at) (http:\S+)/.exec(said);
      if (address) resolve({ child, url: address[1], said });
    });
    child.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
  });
}

export async function stop(server) {
  const ended = new Promise((resolve) => server.child.on('exit', resolve));
  server.child.kill('SIGTERM');
  await ended;
}

export function browse() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--force-color-profile=srgb'],
  });
}

/** What each page is reading; a stream is never read to its end. */
const reading = new WeakMap();

function watchReads(page) {
  const reads = new Set();
  reading.set(page, reads);
  page.on('request', (request) => new URL(request.url()).pathname !== '/v1/stream' && reads.add(request));
  page.on('requestfinished', (request) => reads.delete(request));
  page.on('requestfailed', (request) => reads.delete(request));
}

/** The page has read nothing for a while. */
export async function quiet(page, limit = patience) {
  const until = Date.now() + limit;
  for (let calm = 0; calm < 6; calm = reading.get(page).size === 0 ? calm + 1 : 0) {
    assert(Date.now() < until, `still reading ${[...reading.get(page)].map((each) => each.url()).join(' ')}`);
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
}

/** A page that remembers each error, each breach of the content policy, and each request to anywhere else. */
export async function openPage(browser, url, options = {}) {
  const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  watchReads(page);
  const wrongs = [];
  page.on('pageerror', (error) => wrongs.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (4\d\d|503)/.test(message.text())) wrongs.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const other = /^(https?|wss?):/.test(request.url()) && !request.url().startsWith(url);
    if (other) wrongs.push(`request to ${request.url()}`);
  });
  return { context, page, wrongs };
}

/** What fades in has faded in, so that colours are those that stay. */
async function settled(page) {
  await page.waitForFunction(() => document.getAnimations().every((each) => each.effect.getTiming().iterations === Infinity || each.playState === 'finished'));
}

export async function picture(page, name) {
  await settled(page);
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}

/** Findings of axe-core that are serious or critical, as lines. */
async function barriers(page) {
  await settled(page);
  await page.evaluate(require('axe-core').source);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return found.violations
    .filter((each) => each.impact === 'serious' || each.impact === 'critical')
    .flatMap((each) => each.nodes.map((node) => `${each.id}: ${node.target.join(' ')} ${node.failureSummary}`));
}

/** A page as it stands: pictured, without barriers, and with nothing tried that it must not. */
export async function isWell({ page, wrongs }, name) {
  await picture(page, name);
  const found = await barriers(page);
  assert(found.length === 0, found.join('\n'));
  assert(wrongs.length === 0, wrongs.join('\n'));
}

/** Runs the sentences in order and says how each went; the exit code is what the test runner looks at. */
export async function tell(sentences) {
  let failed = 0;
  for (const [sentence, check] of sentences) {
    try {
      await check();
      console.log(`ok   ${sentence}`);
    } catch (error) {
      failed += 1;
      console.log(`FAIL ${sentence}\n     ${error.stack ?? error}`);
    }
  }
  console.log(`${sentences.length - failed} passed, ${failed} failed`);
  process.exit(failed ? 1 : 0);
}
