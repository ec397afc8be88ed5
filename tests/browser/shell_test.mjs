// The page opens under its policy, speaks both languages, and is served so that a browser keeps what never changes.
import { gunzipSync } from 'node:zlib';
import { get } from 'node:http';
import { assert, browse, isWell, makeHome, openPage, quiet, serve, stop, tell } from './lib.mjs';

const kScriptBudget = 450 * 1024;
const home = makeHome();
const server = await serve('serve', '--data', home.data, '--port', '0', '--quiet');
const browser = await browse();

function fetchRaw(path, headers = {}) {
  return new Promise((resolve, reject) => {
    get(server.url + path, { headers }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }));
    }).on('error', reject);
  });
}

const scriptOf = async () => /src="(\/assets\/[^"]+\.js)"/.exec((await fetchRaw('/')).body.toString())[1];

await tell([
  ['the page opens in Chinese, without a breach of its policy', async () => {
    const { context, page, wrongs } = await openPage(browser, server.url);
    await page.goto(server.url);
    await page.getByText('合符').first().waitFor();
    assert((await page.getAttribute('html', 'lang')) === 'zh-CN', 'not Chinese');
    await quiet(page);
    await isWell({ page, wrongs }, 'home');
    await context.close();
  }],
  ['the first key leads past the ways into the page', async () => {
    const { context, page } = await openPage(browser, server.url);
    await page.goto(server.url);
    await page.getByText('合符').first().waitFor();
    await page.keyboard.press('Tab');
    assert((await page.evaluate(() => document.activeElement.textContent)) === '跳到正文', 'the way past is not the first stop');
    await page.keyboard.press('Enter');
    assert(await page.evaluate(() => document.activeElement.getAttribute('role') === 'main'), 'it does not lead into the page');
    await context.close();
  }],
  ['it changes to English and remembers that', async () => {
    const { context, page, wrongs } = await openPage(browser, server.url);
    await page.goto(server.url);
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText('Tallystick').first().waitFor();
    await page.reload();
    await page.getByText('Tallystick').first().waitFor();
    assert((await page.getAttribute('html', 'lang')) === 'en', 'not English');
    assert(wrongs.length === 0, wrongs.join('\n'));
    await context.close();
  }],
  ['the page itself is asked for again each time', async () => {
    const first = await fetchRaw('/');
    assert(first.headers['cache-control'] === 'no-cache', first.headers['cache-control']);
    const again = await fetchRaw('/', { 'If-None-Match': first.headers.etag });
    assert(again.status === 304 && again.body.length === 0, String(again.status));
  }],
  ['its policy allows nothing inline and nothing from elsewhere', async () => {
    const policy = (await fetchRaw('/')).headers['content-security-policy'];
    assert(policy.includes("default-src 'none'") && policy.includes("script-src 'self'"), policy);
    assert(!/unsafe|https?:|\*/.test(policy), policy);
  }],
  ['scripts are kept for ever and come packed to those who take that', async () => {
    const path = await scriptOf();
    const packed = await fetchRaw(path, { 'Accept-Encoding': 'gzip' });
    const plain = await fetchRaw(path);
    assert(packed.headers['cache-control'].includes('immutable'), packed.headers['cache-control']);
    assert(packed.headers['content-encoding'] === 'gzip' && !plain.headers['content-encoding'], 'wrong encoding');
    assert(gunzipSync(packed.body).equals(plain.body), 'packed and plain differ');
  }],
  ['at most 450 KB of packed script come before the first click', async () => {
    const { context, page } = await openPage(browser, server.url);
    const scripts = new Set();
    page.on('response', (answer) => answer.url().endsWith('.js') && scripts.add(new URL(answer.url()).pathname));
    await page.goto(server.url);
    await quiet(page);
    let bytes = 0;
    for (const path of scripts) bytes += (await fetchRaw(path, { 'Accept-Encoding': 'gzip' })).body.length;
    console.log(`     ${scripts.size} scripts, ${bytes} bytes packed`);
    assert(scripts.size > 0 && bytes <= kScriptBudget, `${bytes} bytes`);
    await context.close();
  }],
  ['the description of the interface opens under the same policy', async () => {
    const { context, page, wrongs } = await openPage(browser, server.url);
    await page.goto(`${server.url}/docs`);
    await page.getByText('getOpenApi').or(page.getByText('/openapi.json')).first().waitFor();
    assert(wrongs.length === 0, wrongs.join('\n'));
    await context.close();
  }],
].concat([['the server ends in peace', () => stop(server)]]));
