// How quick the pages are: what each desk loads first, a list of ten thousand rows, a trace of two thousand nodes.
// Figures are printed; only what would be plainly broken fails, since the machine may be busy with other tests.
import { get } from 'node:http';
import { assert, browse, openPage, picture, quiet, stop, tell } from './lib.mjs';
import { makeVerifiedCity, open, signIn } from './city.mjs';

const kScriptBudget = 450 * 1024;
const kRows = 10_000;
const kNodes = 2_000;
const kFrameMs = 1_000;
const kTraceMs = 2_000;
/** The trace against the first page of the same browser on the same machine, which is as busy for the one as for the other. */
const kTraceRatio = 3.5;
/** How much slower than promised a busy machine may be. */
const kBusy = Number(process.env.SPEED_SLACK ?? 5);

const { server, site, keys } = await makeVerifiedCity();
const browser = await browse();

function packedSize(path) {
  return new Promise((resolve, reject) => {
    get(server.url + path, { headers: { 'Accept-Encoding': 'gzip' } }, (answer) => {
      let bytes = 0;
      answer.on('data', (part) => (bytes += part.length));
      answer.on('end', () => resolve(bytes));
    }).on('error', reject);
  });
}

async function sit(key, purpose) {
  const { page, context } = await openPage(browser, site);
  page.setDefaultTimeout(60_000);
  await signIn(page, site, key);
  if (purpose) {
    await page.getByLabel(purpose, { exact: true }).check();
    await page.getByRole('button', { name: '开始查看' }).click();
  }
  await quiet(page);
  return { page, context };
}

async function firstLoad(name, key, purpose) {
  const { page, context } = await sit(key, purpose);
  const scripts = new Set();
  page.on('response', (answer) => answer.url().endsWith('.js') && scripts.add(new URL(answer.url()).pathname));
  await page.goto(`${site}/#/`);
  await page.reload();
  await quiet(page);
  let bytes = 0;
  for (const path of scripts) bytes += await packedSize(path);
  console.log(`     ${name}: ${scripts.size} scripts, ${Math.ceil(bytes / 1024)} KB packed`);
  assert(scripts.size > 0 && bytes <= kScriptBudget, `${bytes} bytes`);
  await context.close();
}

const amount = { amount: 1_000_000, unit: 'mg', text: '1 kg' };
const json = (body) => ({ status: 200, contentType: 'application/json', body: JSON.stringify(body) });
const when = (n) => new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString();

function entriesPage(url) {
  const from = Number(url.searchParams.get('cursor') ?? 0);
  const limit = Number(url.searchParams.get('limit') ?? 50);
  const data = Array.from({ length: Math.min(limit, kRows - from) }, (_, n) => ({ index: kRows - from - n, type: 'use.record', party: 'P-1', chain: 'c', cseq: kRows - from - n, rtime: when(kRows - from - n) }));
  const next = from + data.length < kRows ? String(from + data.length) : null;
  return { data, next_cursor: next, has_more: next !== null };
}

/** How long this browser takes, on this machine and as busy as it is, to load a list with nothing in it from the start. */
async function emptyPage(page) {
  const start = performance.now();
  await page.reload();
  await page.locator('.content .ant-card .ant-empty').first().waitFor();
  return performance.now() - start;
}

/** A tree of two thousand sites, three roads deep, as it may come of a large lot. */
function largeTrace() {
  const nodes = Array.from({ length: kNodes }, (_, n) => ({ account: `site:S-${n}`, site: `S-${n}`, party: 'P-1', lot: 'L-1', substance: 'CN3-02', consignment: '', region: '360302', hops: n === 0 ? 0 : n < 45 ? 1 : 2, index: n }));
  const edges = nodes.slice(1).map((_, n) => ({ source: n + 1 < 45 ? 0 : 1 + (n % 44), target: n + 1, kind: 'moved', amount, index: n, type: 'storage.move', party: 'P-1', custodian: '', consignment: '', permit: '', purchase_permit: '', sale: '', vehicle: '', rtime: when(n), time: when(n), corrected_by: null }));
  return { nodes, edges, truncated: false };
}

await tell([
  ['the first page of an officer needs at most 450 KB of packed script', () => firstLoad('officer', keys.unit)],
  ['so does that of the police', () => firstLoad('police', keys.police, '检查')],
  ['so does that of the safety bureau', () => firstLoad('safety bureau', keys.safety, '检查')],
  ['a list of ten thousand rows scrolls from end to end without a second in which nothing moves', async () => {
    const { page, context } = await sit(keys.unit);
    await page.route('**/v1/entries?**', (route) => route.fulfill(json(entriesPage(new URL(route.request().url())))));
    await open(page, site, 'entries');
    await page.locator('.ant-table-row').first().waitFor();
    const frames = await page.evaluate(async (wanted) => {
      const gaps = [];
      let last = performance.now();
      const frame = () => new Promise((resolve) => requestAnimationFrame((now) => (gaps.push(now - last), (last = now), resolve())));
      const box = () => document.querySelector('.ant-table-tbody-virtual-holder');
      const seen = new Set();
      const look = () => document.querySelectorAll('.ant-table-row').forEach((row) => seen.add(row.dataset.rowKey));
      const end = performance.now() + 120_000;
      while (seen.size < wanted && performance.now() < end) {
        const list = box();
        if (list) list.scrollTop += 400;
        else document.querySelector('.more button')?.click();
        await frame();
        look();
      }
      const down = gaps.length;
      while (box() && box().scrollTop > 0 && performance.now() < end) {
        box().scrollTop -= 4_000;
        await frame();
      }
      const sorted = [...gaps].sort((a, b) => a - b);
      return { rows: seen.size, frames: down, longest: sorted.at(-1), p99: sorted[Math.floor(sorted.length * 0.99)], median: sorted[Math.floor(sorted.length / 2)] };
    }, kRows * 0.98);
    console.log(`     ${frames.rows} rows in ${frames.frames} frames: median ${frames.median.toFixed(0)} ms, p99 ${frames.p99.toFixed(0)} ms, longest ${frames.longest.toFixed(0)} ms`);
    assert(frames.rows >= kRows * 0.9, `only ${frames.rows} rows came into sight`);
    assert(frames.longest < kFrameMs * kBusy, `${frames.longest} ms without a frame`);
    await context.close();
  }],
  ['a trace of two thousand nodes opens in two seconds', async () => {
    const { page, context } = await sit(keys.police, '检查');
    await page.route('**/v1/lots/*', (route) => route.fulfill(json({ id: 'L-1', substance: 'CN3-02', maker: '', expiry: '', balances: [] })));
    await page.route('**/v1/trace/lots/**', (route) => route.fulfill(json(largeTrace())));
    await open(page, site, 'goods');
    const empty = await emptyPage(page);
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable');
    const worked = async () => (await session.send('Performance.getMetrics')).metrics.find((each) => each.name === 'ProcessTime').value * 1_000;
    const before = await worked();
    const took = await page.evaluate(async () => {
      const start = performance.now();
      location.hash = '#/lot/L-1';
      while (!document.querySelector('.graph canvas')) await new Promise((resolve) => requestAnimationFrame(resolve));
      const isDrawn = (canvas) => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some((byte) => byte !== 0);
      while (![...document.querySelectorAll('.graph canvas')].some(isDrawn)) await new Promise((resolve) => requestAnimationFrame(resolve));
      return performance.now() - start;
    });
    console.log(`     ${kNodes} nodes, ${kNodes - 1} edges: ${took.toFixed(0)} ms from the click to the picture, its scripts included, ${(took / empty).toFixed(1)} times an empty page (${empty.toFixed(0)} ms); ${((await worked()) - before).toFixed(0)} ms of processor`);
    await page.locator('.graph').evaluate((graph) => scrollTo(0, graph.offsetTop - 90));
    await picture(page, 'speed-trace');
    assert(took < kTraceMs * kBusy, `${took} ms`);
    assert(took < empty * kTraceRatio, `${took} ms, ${took / empty} times an empty page`);
    await context.close();
  }],
  ['the server ends in peace', () => stop(server)],
]);
