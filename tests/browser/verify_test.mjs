// Evidence is checked in the page, online and from a file without any network; what was changed is named.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { assert, browse, isWell, makeHome, openPage, picture, program, quiet, serve, stop, tell } from './lib.mjs';

const folder = mkdtempSync(join(tmpdir(), 'tallystick-verify-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const home = makeHome();
const token = execFileSync(program, ['token', 'new', '--data', home.data, '--role', 'auditor'], { encoding: 'utf8' }).trim().split(/\s+/).at(-1);
const server = await serve('serve', '--data', home.data, '--port', '0', '--quiet');
const browser = await browse();

const answer = (path) => fetch(server.url + path, { headers: { Authorization: `Bearer ${token}` } });
const bundle = await (await answer('/v1/entries/0/bundle')).text();
const changed = bundle.replace('360300', '360301');
const good = join(folder, 'bundle.json');
const bad = join(folder, 'changed.json');
writeFileSync(good, bundle);
writeFileSync(bad, changed);

const page0 = async () => {
  const saved = join(folder, 'verify.html');
  writeFileSync(saved, await (await fetch(`${server.url}/verify-offline.html`)).text());
  return pathToFileURL(saved).href;
};

await tell([
  ['a bundle of the registry is good, by the key that the browser knows the log by', async () => {
    const { context, page, wrongs } = await openPage(browser, server.url);
    await page.goto(`${server.url}/#/verify`);
    await page.waitForFunction(() => document.querySelector('#v-key')?.value.length > 20);
    await page.setInputFiles('input[type=file]', good);
    await page.getByText('全部相符').waitFor();
    await page.locator('details').first().click();
    await isWell({ page, wrongs }, 'verify-good');
    await context.close();
  }],
  ['no request leaves the page while it checks', async () => {
    const { context, page } = await openPage(browser, server.url);
    await page.goto(`${server.url}/#/verify`);
    await quiet(page);
    await page.fill('#v-text', bundle);
    const requests = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.getByRole('button', { name: '检查' }).click();
    await page.getByText('全部相符').waitFor();
    assert(requests.filter((each) => !each.endsWith('.js')).length === 0, requests.join('\n'));
    await context.close();
  }],
  ['a changed bundle is refused, and the page says what does not agree', async () => {
    const { context, page } = await openPage(browser, server.url);
    await page.goto(`${server.url}/#/verify`);
    await page.setInputFiles('input[type=file]', bad);
    await page.getByRole('alert').waitFor();
    assert((await page.locator('.v-defects li').count()) > 0, 'no defect is named');
    await picture(page, 'verify-bad');
    await context.close();
  }],
  ['the saved page checks both without a network', async () => {
    const { context, page, wrongs } = await openPage(browser, 'file:', { offline: true });
    await page.goto(await page0());
    await page.setInputFiles('input[type=file]', good);
    await page.getByText('全部相符').waitFor();
    await page.getByRole('button', { name: '检查另一份' }).click();
    await page.setInputFiles('input[type=file]', bad);
    await page.getByRole('alert').waitFor();
    await picture(page, 'verify-offline');
    assert(wrongs.length === 0, wrongs.join('\n'));
    await context.close();
  }],
  ['what is no evidence is said to be none', async () => {
    const { context, page } = await openPage(browser, server.url);
    await page.goto(`${server.url}/#/verify`);
    await page.fill('#v-text', '{"some":"thing"}');
    await page.getByRole('button', { name: '检查' }).click();
    await page.getByText('这不是可以检查的凭据').waitFor();
    await context.close();
  }],
  ['the server ends in peace', () => stop(server)],
]);
