// A statement about a unit and a period for the hands of a stranger: it says zero only while it is zero, and how to check it.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { assert, browse, isWell, openPage, stop, tell } from './lib.mjs';
import { dayFromNow, makeVerifiedCity, open, seat } from './city.mjs';

const { server, site, keys, reader, submit, file } = await makeVerifiedCity();
const unit = (type, payload) => submit(keys.unit.file, 'P-1', type, payload, ...reader);
const kg = (value) => ({ value, unit: 'kg' });
unit('site.add', { site: 'C-1', name: '一号库', kind: 'store', region: '360302', address: '一号路' });
unit('stock.open', { site: 'C-1', lines: [{ lot: 'L-1', substance: 'CN3-02', quantity: kg('100') }] });
unit('use.record', { site: 'C-1', lot: 'L-1', quantity: kg('10'), purpose: '试验', used_on: dayFromNow(0) });
unit('stock.count', { site: 'C-1', lines: [{ lot: 'L-1', quantity: kg('90') }], counted_on: dayFromNow(0) });
file('GPB-1', 0);

const browser = await browse();
const officer = await seat(browser, site, keys.unit);
const police = await seat(browser, site, keys.police);
const { page } = officer;
const heading = (who) => who.page.locator('.certificate h2').innerText();
const noteOn = (who) => who.page.locator('.proof .note').innerText();

async function show(who) {
  await who.page.goto(`${site}/#/`);
  await who.page.goto(`${site}/#/certificate`);
}
const shown = (who) => who.page.locator('.certificate .proof .qr').waitFor();

let note;

await tell([
  ['a unit with whole books and no findings gets its statement: what moved, its papers, its counts', async () => {
    await open(page, site, 'reports');
    await page.getByRole('button', { name: '零流失证明' }).click();
    await shown(officer);
    assert((await heading(officer)) === '零流失证明', await heading(officer));
    const words = await page.locator('.certificate').innerText();
    for (const part of ['丙酮', '100 千克', '90 千克', 'GPB-1', 'L-1', '没有异常']) assert(words.includes(part), `${part} is not in ${words}`);
    await isWell(officer, 'certificate-zero');
  }],
  ['on it stand the root, the signed checkpoint, and the hash of the very file that is saved', async () => {
    note = await noteOn(officer);
    const words = await page.locator('.proof').innerText();
    const root = Buffer.from(note.split('\n')[2], 'base64').toString('hex');
    assert(words.includes(root), 'the checkpoint is of another root');
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: '保存数据文件' }).click();
    const bytes = readFileSync(await (await saved).path());
    assert(words.includes(createHash('sha256').update(bytes).digest('hex')), 'the hash is of another file');
    assert(JSON.parse(bytes).root === root, 'the file is of another root');
  }],
  ['on paper it has its code and its proof, and none of the ways of the page', async () => {
    await page.emulateMedia({ media: 'print' });
    await page.locator('.proof .qr').waitFor();
    assert(!(await page.locator('.top').isVisible()) && !(await page.getByRole('button', { name: '保存数据文件' }).isVisible()), 'the ways of the page are printed');
    await isWell(officer, 'certificate-paper');
    await page.emulateMedia({ media: 'screen' });
  }],
  ['a stranger who is signed in nowhere scans it, and the page checks the signature of the log', async () => {
    const stranger = await openPage(browser, site);
    await stranger.page.goto(`${site}/#/verify/${encodeURIComponent(note)}`);
    await stranger.page.getByText('全部相符').waitFor();
    await isWell(stranger, 'certificate-checked');
    const [ledger, size, root, ...rest] = note.split('\n');
    await stranger.page.goto(`${site}/#/verify/${encodeURIComponent([ledger, Number(size) + 1, root, ...rest].join('\n'))}`);
    await stranger.page.getByText(/不符：1|不相符|有 1 处/).or(stranger.page.locator('.v-banner.bad')).first().waitFor();
  }],
  ['after a shortage it says what is open, and does not call itself zero', async () => {
    unit('stock.count', { site: 'C-1', lines: [{ lot: 'L-1', quantity: kg('80') }], counted_on: dayFromNow(0) });
    await page.reload();
    await show(officer);
    await shown(officer);
    await page.getByText('不能证明零流失').waitFor();
    assert((await heading(officer)).includes('尚有未结事项'), await heading(officer));
    await page.locator('.certificate').getByRole('link', { name: /^F-/ }).first().waitFor();
    await isWell(officer, 'certificate-open');
  }],
  ['an authority makes the same statement of the unit', async () => {
    await show(police);
    await police.page.getByText('请选择单位').waitFor();
    await police.page.getByLabel('单位').click();
    await police.page.locator('.ant-select-item-option').filter({ hasText: '化工有限公司' }).click();
    await shown(police);
    assert((await heading(police)) === (await heading(officer)), 'the two say different things');
    await isWell(police, 'certificate-authority');
  }],
  ['nothing was tried that a page must not, and the server ends in peace', async () => {
    for (const { wrongs } of [officer, police]) assert(wrongs.length === 0, wrongs.join('\n'));
    await stop(server);
  }],
]);
