// The way of a lot leaves the registry as one file, and is checked by a page on a disk that no network reaches.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { assert, browse, isWell, openPage, picture, program, stop, tell } from './lib.mjs';
import { dayFromNow, formOf, makeVerifiedCity, seat } from './city.mjs';

const folder = mkdtempSync(join(tmpdir(), 'tallystick-evidence-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const city = await makeVerifiedCity();
const { server, site, keys, reader, submit, file } = city;
const logKey = reader.at(-1);
file('GPB-1', 0);
const unit = (type, payload) => submit(keys.unit.file, 'P-1', type, payload, ...reader);
const kilos = (value) => ({ value: String(value), unit: 'kg' });
for (const id of ['C-1', 'C-2']) unit('site.add', { site: id, name: `${id} "库"`, kind: 'store', region: '360302', address: '一号路' });
unit('stock.open', { site: 'C-1', lines: [{ lot: 'L-1', substance: 'CN3-02', quantity: kilos(500) }] });
unit('storage.move', { from_site: "C-1", to_site: 'C-2', lot: "L-1", quantity: kilos(200) });
unit('stock.count', { site: 'C-2', counted_on: dayFromNow(0), lines: [{ lot: 'L-1', quantity: kilos(180) }] });

const browser = await browse();
const police = await seat(browser, site, keys.police);
const saved = join(folder, 'verify.html');
writeFileSync(saved, await (await fetch(`${server.url}/verify-offline.html`)).text());
const offline = await openPage(browser, 'file:', { offline: true });

async function download(page, button) {
  const [got] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button }).click()]);
  const path = join(folder, got.suggestedFilename());
  await got.saveAs(path);
  return path;
}

function write(name, content) {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

/** What the page on the disk says of a file, under a key that the reader trusts. */
async function check(path, key = logKey) {
  const { page } = offline;
  await page.goto('about:blank');
  await page.goto(pathToFileURL(saved).href);
  await page.fill('#v-key', key);
  await page.setInputFiles('input[type=file]', path);
  await page.locator('.v-banner').waitFor();
  return page.locator('.v-page').innerText();
}

/** What the program says of it, and how it ends. */
function verify(path, key = logKey) {
  try {
    return { code: 0, said: execFileSync(program, ['verify', path, '--log-key', key], { encoding: 'utf8', stdio: 'pipe' }) };
  } catch (error) {
    return { code: error.status, said: `${error.stdout}${error.stderr}` };
  }
}

/** The same key name with other bits: another log that calls itself the same. */
const otherKey = () => {
  const other = city.submit && execFileSync(program, ['init', '--data', join(folder, 'other'), '--ledger', logKey.split('+')[0], '--region', '360300'], { encoding: 'utf8' });
  return /log key +(\S+)/.exec(other)[1];
};

let bundle = '';
const read = () => JSON.parse(readFileSync(bundle, 'utf8'));
const movesOf = (file) => file.entries.find((each) => each.payload?.includes('C-2') && each.leaf.includes('type storage.move'));

await tell([
  ['the police save the way of a lot as one file', async () => {
    await police.page.goto(`${site}/#/lot/L-1`);
    await police.page.locator('.graph').waitFor();
    bundle = await download(police.page, '导出凭据');
    const file = read();
    assert(file.format === 'tallystick.trace/v1' && file.lot === 'L-1', file.format);
    assert(file.entries.length >= 3 && file.entries.every((each) => each.payload && each.outcome && each.receipt), 'an entry lacks something');
  }],
  ['a page from the disk, without a network, finds it good and says what it proves and what it does not', async () => {
    const said = await check(bundle);
    assert(/全部相符/.test(said) && /批次追溯/.test(said), said);
    assert(said.includes(`${read().entries.length} 条登记`), said);
    assert(/这份文件不能说明什么/.test(said), said);
    await isWell(offline, 'evidence-good');
  }],
  ['so does the program', () => {
    const { code, said } = verify(bundle);
    assert(code === 0 && /Clean/.test(said) && /lot +L-1/.test(said), said);
  }],
  ['one byte of what was signed is another: both name the entry', async () => {
    const file = read();
    const entry = movesOf(file);
    entry.payload = entry.payload.replace('"200"', '"100"');
    const path = write('byte.json', file);
    const said = await check(path);
    assert(/不符/.test(said) && said.includes(`#${entry.index}`), said);
    await picture(offline.page, 'evidence-changed');
    const { code, said: told } = verify(path);
    assert(code !== 0 && told.includes(`entry ${entry.index}`) && /payload/.test(told), told);
  }],
  ['an outcome that is another is named', async () => {
    const file = read();
    const entry = movesOf(file);
    entry.outcome = entry.outcome.replace('200000000', '100000000');
    const path = write('outcome.json', file);
    assert(/不符/.test(await check(path)), 'the page did not see it');
    assert(verify(path).code !== 0, 'the program did not see it');
  }],
  ['an entry in the place of another is named', async () => {
    const file = read();
    file.entries[0] = { ...file.entries[1], index: file.entries[0].index };
    const path = write('place.json', file);
    assert((await check(path)).includes(`#${file.entries[0].index}`), 'the page does not name the place');
    assert(verify(path).code !== 0, 'the program did not see it');
  }],
  ['a signer whose enrolment was taken out is named', async () => {
    const file = read();
    const signer = /^key ([0-9a-f]{64})$/m.exec(movesOf(file).leaf)[1];
    file.keys = file.keys.filter((each) => each.key !== signer);
    const path = write('key.json', file);
    assert(/不符/.test(await check(path)), 'the page did not see it');
    assert(/key-unknown|not in the bundle/.test(verify(path).said), verify(path).said);
  }],
  ['an entry that was left out whole cannot be seen in a file, and both say so', async () => {
    const file = read();
    file.entries = file.entries.filter((each) => each !== file.entries.at(-1));
    const path = write('left-out.json', file);
    assert(/略去/.test((await check(path)).split('这份文件不能说明什么')[1]), await check(path));
    assert(/left out/.test(verify(path).said), verify(path).said);
  }],
  ['a checkpoint of another log is named, under its own key and under that of the reader', async () => {
    const other = otherKey();
    assert(/不符/.test(await check(bundle, other)), 'the key of the reader is not looked at');
    const path = write('log.json', { ...read(), log_key: other });
    assert(/不符/.test(await check(path)), 'the key of the file is believed');
    assert(verify(path).code !== 0 && verify(bundle, other).code !== 0, 'the program did not see it');
  }],
  ['a receipt that an officer saved is good there too, and a changed one is not', async () => {
    const desk = await seat(browser, site, keys.unit);
    await desk.page.goto(`${site}/#/record/site.add`);
    const form = formOf(desk.page);
    await form.field('site').waitFor();
    await form.type('site', 'C-3');
    await form.type('name', '三号库');
    await form.choose('kind', '仓库');
    await form.type('region', '360302');
    await form.type('address', '三号路');
    await form.send();
    const receipt = await download(desk.page, '保存回执');
    assert(/全部相符/.test(await check(receipt)), 'the receipt is not good');
    const changed = readFileSync(receipt, 'utf8').replace('type site.add', 'type site.end');
    assert(/不符/.test(await check(write('receipt.json', changed))), 'a changed receipt is good');
    const entry = await download(desk.page, '下载凭据');
    assert(/全部相符/.test(await check(entry)) && verify(entry).code === 0, 'the bundle of the entry is not good');
  }],
  ['nothing was tried that a page must not', () => assert(police.wrongs.length + offline.wrongs.length === 0, [...police.wrongs, ...offline.wrongs].join('\n'))],
  ['the server ends in peace', () => stop(server)],
]);
