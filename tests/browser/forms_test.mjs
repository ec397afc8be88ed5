// Forms that an officer and the police need now and then: a report filed with the hash of its file, and seized goods destroyed.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { assert, browse, isWell, stop, tell } from './lib.mjs';
import { dayFromNow, formOf, makeVerifiedCity, open, seat } from './city.mjs';

const { server, site, keys, reader, submit, addPerson } = await makeVerifiedCity();
const unit = (type, payload) => submit(keys.unit.file, 'P-1', type, payload, ...reader);
unit('site.add', { site: 'C-1', name: '一号库', kind: 'store', region: '360302', address: '一号路' });
unit('stock.open', { site: 'C-1', lines: [{ lot: 'L-1', substance: 'CN3-02', quantity: { value: '100', unit: 'kg' } }] });
addPerson('ps-px', keys.police, 'R-9', 'approver');

const browser = await browse();
const officer = await seat(browser, site, keys.unit);
const police = await seat(browser, site, keys.police, [keys['R-9']]);
const go = (who, to) => who.page.goto(`${site}/#/${to}`);
const period = dayFromNow(-365).slice(0, 4);

/** Two of the police sign, on one device. */
async function signTogether(form) {
  await form.toSign();
  await police.page.locator('#second-key').click();
  await police.page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option').first().click();
  await police.page.locator('.ant-modal-footer .ant-btn-primary:enabled').press('Enter');
}

await tell([
  ['a report that is looked at is filed from there: its file is saved, and the hash of that very file stands in the form', async () => {
    const { page } = officer;
    await open(page, site, 'reports');
    await page.getByLabel('报表种类').click();
    await page.locator('.ant-select-item-option').filter({ hasText: '年度报告' }).click();
    await page.getByLabel('期间').fill(period);
    await page.locator('.ant-select-item-option').filter({ hasText: new RegExp(`^${period}$`) }).click();
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: '报送报告' }).click();
    const hash = createHash('sha256').update(readFileSync(await (await saved).path())).digest('hex');
    await page.locator('#f-hash').waitFor();
    assert((await page.locator('#f-hash').inputValue()) === hash, 'the hash is of another file');
    assert((await page.locator('#f-period').inputValue()) === period, 'the period is another');
    await isWell(officer, 'forms-report');
  }],
  ['period and number are not both filled in; then it is filed', async () => {
    const form = formOf(officer.page);
    await form.type('about', 'YS-1');
    await form.toSign();
    await officer.page.locator('.ant-form-item-has-error #f-about').waitFor();
    await form.type('about', '');
    await form.send();
    await isWell(officer, 'forms-filed');
  }],
  ['a file chosen in the form gives its hash, and the size of the log stands there', async () => {
    await go(officer, 'record/report.file');
    const form = formOf(officer.page);
    await form.choose('kind', '培训记录');
    await form.type('about', 'PX-1');
    const file = Buffer.from('培训记录');
    await officer.page.locator('input[type=file]').setInputFiles({ name: 'training.txt', mimeType: 'text/plain', buffer: file });
    await officer.page.waitForFunction((hash) => document.querySelector('#f-hash').value === hash, createHash('sha256').update(file).digest('hex'));
    assert(/^\d+$/.test(await form.field('at_index').inputValue()), 'the size of the log is not there');
    await form.send();
  }],
  ['the police record what they seized', async () => {
    await go(police, 'record/seizure.record');
    const form = formOf(police.page);
    for (const [place, text] of [['seizure', 'KY-1'], ['site', 'C-1'], ['lines-0-lot', 'L-1'], ['lines-0-quantity', '5 公斤'], ['reason', '无证存放']]) await form.type(place, text);
    await form.send();
  }],
  ['and destroy it: the form asks for the seizure, and for no site', async () => {
    await go(police, 'record/destruction.record');
    const form = formOf(police.page);
    await form.field('lot').waitFor();
    assert((await form.field('site').count()) === 0, 'the police are asked for a site of their own');
    await form.toSign();
    for (const place of ['seizure', 'lot', 'quantity', 'method']) await police.page.locator(`.ant-form-item-has-error #f-${place}`).waitFor();
    await form.type('seizure', 'KY-1');
    await form.type('lot', 'L-1');
    await form.type('quantity', '6 公斤');
    await form.type('method', '高温焚烧');
    await signTogether(form);
    await police.page.locator('.refusal').waitFor();
    await isWell(police, 'forms-seized-refused');
    await form.type('quantity', '5 公斤');
    await signTogether(form);
    await police.page.getByText('回执已在本页验证').waitFor();
    await isWell(police, 'forms-seized');
  }],
  ['the unit sees in its book that the goods are gone', async () => {
    await open(officer.page, site, 'stock');
    await officer.page.getByRole('row').filter({ hasText: 'L-1' }).getByText('95 千克', { exact: true }).waitFor();
    await go(officer, 'record/destruction.record');
    await officer.page.locator('#f-site').waitFor();
    assert((await officer.page.locator('#f-seizure').count()) === 0, 'a unit is asked for a seizure');
  }],
  ['nothing was tried that a page must not, and the server ends in peace', async () => {
    for (const { wrongs } of [officer, police]) assert(wrongs.length === 0, wrongs.join('\n'));
    await stop(server);
  }],
]);
